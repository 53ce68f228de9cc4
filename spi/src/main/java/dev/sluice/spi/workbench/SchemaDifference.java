package dev.sluice.spi.workbench;

import org.jspecify.annotations.Nullable;

/**
 * A field that is other than declared.
 *
 * @param path the path of the field, by dots
 * @param kind what about it
 * @param declared the type that is declared; null if none is
 * @param found the type that was found; null if none was
 */
public record SchemaDifference(
        String path,
        Kind kind,
        @Nullable String declared,
        @Nullable String found) {
    /** What is other. */
    public enum Kind {
        /** It was found and is not declared. */
        ADDED,
        /** It is declared and was not found. */
        REMOVED,
        /** It was found with values that its type does not have. */
        TYPE
    }
}
