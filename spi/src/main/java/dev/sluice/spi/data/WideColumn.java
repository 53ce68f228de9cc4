package dev.sluice.spi.data;

import java.util.Arrays;

/**
 * A column of {@link dev.sluice.spi.type.Layout#WIDE}: two longs a row, the high one at {@code 2 * row} and the low one
 * behind it.
 */
public final class WideColumn extends Column {
    private final long[] values;

    private WideColumn(int size, Validity validity, long[] values) {
        super(size, validity);
        this.values = values;
    }

    /** The pairs by row; read-only, possibly longer than twice the column. */
    public long[] values() {
        return values;
    }

    /** The first, more significant long of a row. */
    public long high(int row) {
        return values[2 * row];
    }

    /** The second, less significant long of a row. */
    public long low(int row) {
        return values[2 * row + 1];
    }

    @Override
    public long payloadBytes() {
        return 16L * size();
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
            values = new long[2 * expectedRows()];
        }

        /** Adds a row with this pair. */
        public void append(long high, long low) {
            int at = 2 * nextRow();
            if (at == values.length) {
                values = Arrays.copyOf(values, grown(at));
            }
            values[at] = high;
            values[at + 1] = low;
        }

        @Override
        void appendGap() {
            append(0, 0);
        }

        @Override
        public long bytes() {
            return 16L * size();
        }

        @Override
        public WideColumn build() {
            WideColumn column = new WideColumn(size(), finish(), values);
            values = new long[2 * expectedRows()];
            return column;
        }
    }
}
