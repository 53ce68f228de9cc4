package dev.sluice.spi.data;

import java.util.Arrays;

/** A column of {@link dev.sluice.spi.type.Layout#BOOL}. */
public final class BoolColumn extends Column {
    private final boolean[] values;

    private BoolColumn(int size, Validity validity, boolean[] values) {
        super(size, validity);
        this.values = values;
    }

    /** The values by row; read-only, possibly longer than the column. */
    public boolean[] values() {
        return values;
    }

    @Override
    public long payloadBytes() {
        return 1L * size();
    }

    @Override
    long valueBytes() {
        return 1L * values.length;
    }

    /** Fills such a column row by row. Not for use by several threads. */
    public static final class Builder extends ColumnBuilder {
        private boolean[] values;

        /**
         * Makes an empty builder.
         *
         * @param expectedRows how many rows to make room for at first
         */
        public Builder(int expectedRows) {
            super(expectedRows);
            values = new boolean[expectedRows()];
        }

        /** Adds a row with this value. */
        public void append(boolean value) {
            int row = nextRow();
            if (row == values.length) {
                values = Arrays.copyOf(values, grown(row));
            }
            values[row] = value;
        }

        @Override
        void appendGap() {
            append(false);
        }

        @Override
        public long bytes() {
            return 1L * size();
        }

        @Override
        public BoolColumn build() {
            BoolColumn column = new BoolColumn(size(), finish(), values);
            values = new boolean[expectedRows()];
            return column;
        }
    }
}
