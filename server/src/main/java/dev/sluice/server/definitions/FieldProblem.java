package dev.sluice.server.definitions;

import java.util.Objects;

/**
 * What is wrong with a field of a configuration.
 *
 * @param path the names on the way to it, joined by dots; empty for the whole
 * @param message what is wrong, without the value
 */
public record FieldProblem(String path, String message) {
    public FieldProblem {
        Objects.requireNonNull(path);
        Objects.requireNonNull(message);
    }

    /** The field and what is wrong with it. */
    public String words() {
        return path.isEmpty() ? message : path + ": " + message;
    }
}
