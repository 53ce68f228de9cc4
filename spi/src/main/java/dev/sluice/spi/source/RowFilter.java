package dev.sluice.spi.source;

import dev.sluice.spi.type.DataType;
import java.util.List;
import java.util.Objects;

/**
 * Which rows of a stream are wanted. A source may leave out rows for which it is not true, and never has to: the host
 * holds every row that comes against it. So a source takes those parts of it that its own language says with exactly
 * this meaning, and reads too many rather than too few.
 *
 * <p>There are three truth values, as in SQL: a comparison with a null is unknown. Texts are compared by their code
 * points, points in time as they are in UTC.
 */
public sealed interface RowFilter {

    /**
     * A field compared with a value.
     *
     * @param field the field
     * @param comparison how
     * @param type the type of the value: that of the field, or a whole number of 64 bits for any whole number
     * @param value the value as {@link dev.sluice.spi.data.ValueText} writes it
     */
    record Compare(String field, Comparison comparison, DataType type, String value) implements RowFilter {
        public Compare {
            Objects.requireNonNull(field);
            Objects.requireNonNull(comparison);
            Objects.requireNonNull(type);
            Objects.requireNonNull(value);
        }
    }

    /** A field has no value. Never unknown. */
    record IsNull(String field) implements RowFilter {}

    /** The contrary; unknown stays unknown. */
    record Not(RowFilter inner) implements RowFilter {}

    /** The same in which unknown counts as false. */
    record Certain(RowFilter inner) implements RowFilter {}

    /** All of them. */
    record All(List<RowFilter> parts) implements RowFilter {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one of them. */
    record Any(List<RowFilter> parts) implements RowFilter {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** The ways to compare. */
    enum Comparison {
        EQUAL,
        UNEQUAL,
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST
    }
}
