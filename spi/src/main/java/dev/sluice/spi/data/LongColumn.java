package dev.sluice.spi.data;

import java.util.Arrays;

/** A column of {@link dev.sluice.spi.type.Layout#LONG}. */
public final class LongColumn extends Column {
    private final long[] values;

    private LongColumn(int size, Validity validity, long[] values) {
        super(size, validity);
        this.values = values;
    }

    /** The values by row; read-only, possibly longer than the column. */
    public long[] values() {
        return values;
    }

    @Override
    public long payloadBytes() {
        return 8L * size();
    }

    @Override
    long valueBytes() {
        return 8L * values.length;
    }

    /** Fills such a column row by row. Not for use by several threads. */
    public static final class Builder extends ColumnBuilder {
        private long[] values;

        /**
         * Makes an empty builder.
         *
         * @param expectedRows how many rows to make room for at first
         */
        public Builder(int expectedRows) {
            super(expectedRows);
            values = new long[expectedRows()];
        }

        /** Adds a row with this value. */
        public void append(long value) {
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
            return 8L * size();
        }

        @Override
        public LongColumn build() {
            LongColumn column = new LongColumn(size(), finish(), values);
            values = new long[expectedRows()];
            return column;
        }
    }
}
