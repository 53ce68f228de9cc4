package dev.sluice.connector.sample.content;

import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;

/**
 * A column.
 *
 * @param field its field
 * @param values how its values come about
 * @param needed true if others rely on the values, such as those of a key or a cursor, so that they are never awkward
 */
record SampleColumn(Field field, RowValues values, boolean needed) {
    /** Makes up the value of a row. Immutable. */
    interface RowValues {
        /** Appends exactly one value or null. */
        void append(ColumnBuilder out, Draft draft, Chunk chunk, int row);

        /** Appends the values of all rows. */
        default void appendAll(ColumnBuilder out, Draft draft, Chunk chunk) {
            for (int row = 0; row < chunk.size(); row++) {
                append(out, draft, chunk, row);
            }
        }
    }

    /** A column that others rely on. */
    static SampleColumn needed(String name, DataType type, RowValues values) {
        return new SampleColumn(new Field(name, type), values, true);
    }

    /** A column whose values follow from the row as a whole. */
    static SampleColumn composed(String name, DataType type, RowValues values) {
        return new SampleColumn(new Field(name, type), values, false);
    }

    /** A column whose value stays the same in all versions of a row. */
    static SampleColumn steady(String name, DataType type, Values values) {
        return composed(name, type, new Drawn(values, name.hashCode(), false));
    }

    /** A column whose value is another one in each version of a row. */
    static SampleColumn changing(String name, DataType type, Values values) {
        return composed(name, type, new Drawn(values, name.hashCode(), true));
    }

    /** The same column with a part of the values of the kinds that break things. */
    SampleColumn awkward() {
        return needed
                ? this
                : new SampleColumn(
                        field,
                        new Spoiled(
                                values,
                                HardValues.of(field.type()),
                                ~field.name().hashCode()),
                        false);
    }

    /** Values for which nothing but the dice decide. */
    private record Drawn(Values values, int column, boolean ofVersion) implements RowValues {
        @Override
        public void append(ColumnBuilder out, Draft draft, Chunk chunk, int row) {
            values.append(out, draft.begin(chunk.noise(ofVersion)[row], column));
        }

        @Override
        public void appendAll(ColumnBuilder out, Draft draft, Chunk chunk) {
            long[] noise = chunk.noise(ofVersion);
            for (int row = 0; row < chunk.size(); row++) {
                values.append(out, draft.begin(noise[row], column));
            }
        }
    }

    /** Ordinary values with awkward ones in between. */
    private record Spoiled(RowValues ordinary, Values hard, int column) implements RowValues {
        private static final int ONE_IN = 4;

        @Override
        public void append(ColumnBuilder out, Draft draft, Chunk chunk, int row) {
            if (draft.begin(chunk.current(row), column).oneIn(ONE_IN)) {
                hard.append(out, draft);
            } else {
                ordinary.append(out, draft, chunk, row);
            }
        }
    }
}
