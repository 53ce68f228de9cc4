package dev.sluice.server.store;

import java.util.Objects;

/**
 * A JSON document as it is kept. Databases never look into one: what is searched or sorted by has a column of its own.
 *
 * @param text the document, well-formed
 */
public record Json(String text) {
    /** An object without members. */
    public static final Json EMPTY = new Json("{}");

    public Json {
        Objects.requireNonNull(text);
    }
}
