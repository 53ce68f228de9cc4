package dev.sluice.engine.expr;

import dev.sluice.spi.data.Column;
import dev.sluice.spi.type.DataType;

/** The parts of an expression that have no parts. */
final class Leaves {
    private Leaves() {}

    /** A field of the row. */
    record FieldNode(int index, DataType type) implements Node {
        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            return rows.field(index, active);
        }
    }

    /**
     * One value for all rows.
     *
     * @param value a column of one row
     * @param text the literal as text, so that it can become a value of another type; null if it is none
     */
    record Constant(
            DataType type,
            Column value,
            @org.jspecify.annotations.Nullable String text) implements Node {
        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            return ColumnVectors.constant(type, value, rows.size());
        }

        boolean isNull() {
            return value.isNull(0);
        }
    }
}
