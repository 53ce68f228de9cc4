package dev.sluice.spi.data;

import java.util.Arrays;

/** A column of {@link dev.sluice.spi.type.Layout#DOUBLE}. */
public final class DoubleColumn extends Column {
    private final double[] values;

    private DoubleColumn(int size, Validity validity, double[] values) {
        super(size, validity);
        this.values = values;
    }

    /** The values by row; read-only, possibly longer than the column. */
    public double[] values() {
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
        private double[] values;

        /**
         * Makes an empty builder.
         *
         * @param expectedRows how many rows to make room for at first
         */
        public Builder(int expectedRows) {
            super(expectedRows);
            values = new double[expectedRows()];
        }

        /** Adds a row with this value. */
        public void append(double value) {
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
        public DoubleColumn build() {
            DoubleColumn column = new DoubleColumn(size(), finish(), values);
            values = new double[expectedRows()];
            return column;
        }
    }
}
