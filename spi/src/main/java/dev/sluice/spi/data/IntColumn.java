package dev.sluice.spi.data;

import java.util.Arrays;

/** A column of {@link dev.sluice.spi.type.Layout#INT}. */
public final class IntColumn extends Column {
    private final int[] values;

    private IntColumn(int size, Validity validity, int[] values) {
        super(size, validity);
        this.values = values;
    }

    /** The values by row; read-only, possibly longer than the column. */
    public int[] values() {
        return values;
    }

    @Override
    public long payloadBytes() {
        return 4L * size();
    }

    @Override
    long valueBytes() {
        return 4L * values.length;
    }

    /** Fills such a column row by row. Not for use by several threads. */
    public static final class Builder extends ColumnBuilder {
        private int[] values;

        /**
         * Makes an empty builder.
         *
         * @param expectedRows how many rows to make room for at first
         */
        public Builder(int expectedRows) {
            super(expectedRows);
            values = new int[expectedRows()];
        }

        /** Adds a row with this value. */
        public void append(int value) {
            int row = nextRow();
            if (row == values.length) {
                values = Arrays.copyOf(values, grown(row));
            }
            values[row] = value;
        }

        @Override
        void appendGap() {
            append(0);
        }

        @Override
        public long bytes() {
            return 4L * size();
        }

        @Override
        public IntColumn build() {
            IntColumn column = new IntColumn(size(), finish(), values);
            values = new int[expectedRows()];
            return column;
        }
    }
}
