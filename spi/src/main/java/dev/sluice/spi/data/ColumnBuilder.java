package dev.sluice.spi.data;

import dev.sluice.spi.type.DataType;

/**
 * Fills a column row by row; the subclass adds values of its layout.
 *
 * <p>One thread fills a builder. After {@link #build()} the builder is empty and makes the next column, with room for
 * as many rows as the last one had.
 */
public abstract sealed class ColumnBuilder
        permits BoolColumn.Builder,
                IntColumn.Builder,
                LongColumn.Builder,
                DoubleColumn.Builder,
                WideColumn.Builder,
                BytesColumn.Builder {
    private final Validity.Builder validity = new Validity.Builder();
    private int size;
    private int expectedRows;

    ColumnBuilder(int expectedRows) {
        this.expectedRows = Math.max(1, expectedRows);
    }

    /** A builder for columns of this type. */
    public static ColumnBuilder of(DataType type, int expectedRows) {
        return switch (type.layout()) {
            case BOOL -> new BoolColumn.Builder(expectedRows);
            case INT -> new IntColumn.Builder(expectedRows);
            case LONG -> new LongColumn.Builder(expectedRows);
            case DOUBLE -> new DoubleColumn.Builder(expectedRows);
            case WIDE -> new WideColumn.Builder(expectedRows);
            case BYTES -> new BytesColumn.Builder(expectedRows);
        };
    }

    /** The number of rows added since the last build. */
    public final int size() {
        return size;
    }

    /** Adds a row that is null. */
    public final void appendNull() {
        validity.setNull(size);
        appendGap();
    }

    /** Adds a row whose value the source did not resend. */
    public final void appendUnchanged() {
        validity.setUnchanged(size);
        appendGap();
    }

    /** The bytes of memory that the rows so far take, without the room kept for more. */
    public abstract long bytes();

    /** Makes the column of the rows so far and empties the builder. */
    public abstract Column build();

    /** Adds a row whose place in the arrays means nothing. */
    abstract void appendGap();

    /** Marks a row as null whose place is not counted yet. */
    final void markNull(int row) {
        validity.setNull(row);
    }

    /** Counts several more rows whose places are filled. */
    final void addRows(int count) {
        size += count;
    }

    final int expectedRows() {
        return expectedRows;
    }

    /** Counts one more row and returns its place. */
    final int nextRow() {
        return size++;
    }

    /** Closes the rows so far and remembers their number for the next column. */
    final Validity finish() {
        expectedRows = Math.max(1, size);
        size = 0;
        return validity.build();
    }

    /** The next length of an array that is full at {@code length}. */
    static int grown(int length) {
        return (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(16L, length * 2L));
    }
}
