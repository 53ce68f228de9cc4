package dev.sluice.engine.verify;

import java.util.List;
import java.util.Objects;

/**
 * A row that is not the same on both sides.
 *
 * @param kind how it differs
 * @param row the row by its key, or by its hash if nothing tells rows apart
 * @param fields the fields that differ, of a row that is on both sides
 */
public record Difference(Kind kind, String row, List<String> fields) {
    public Difference {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(row);
        fields = List.copyOf(fields);
    }

    /** How a row differs. */
    public enum Kind {
        /** The source has it and the destination does not. */
        MISSING("missing"),
        /** The destination has it and the source does not. */
        EXTRA("extra"),
        /** Both have it, with other values. */
        DIFFERENT("different"),
        /** The destination has it more often than the source. */
        DOUBLED("doubled"),
        /** Values differ that the destination could not hold, and the row says so itself: known, and no fault. */
        ALTERED("altered"),
        /** The destination does not have it because it was rejected, and it is kept: known, and no fault. */
        REJECTED("rejected");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The kind in one word. */
        public String words() {
            return words;
        }

        /** True if the promise is broken by it. */
        public boolean isFault() {
            return this != ALTERED && this != REJECTED;
        }
    }
}
