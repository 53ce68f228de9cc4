package dev.sluice.spi.source;

import java.util.Objects;

/**
 * A point in a stream, after which the next incremental read goes on. Only the source that made it understands it.
 *
 * <p>I4: two positions can be compared only inside one identity. A source that is given a position of another identity
 * must refuse it and offer choices.
 *
 * @param identity what the position belongs to: the server, its timeline, the table as it was created, and the field that
 *     is the cursor
 * @param value the point itself, a JSON text by custom so that people can read it
 */
public record Position(String identity, String value) {
    public Position {
        Objects.requireNonNull(identity);
        Objects.requireNonNull(value);
    }
}
