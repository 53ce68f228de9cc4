package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.Column;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the values of one column into COPY's binary form. An encoder belongs to one writer.
 *
 * <p>{@link #begin} is told the column of each batch. Then rows are encoded in runs: {@link #measure} finds how many bytes
 * the field of each row takes and which values the server cannot hold, {@link #write} puts the fields of these rows to
 * their places. A value that is not written as it is is reported once, while it is measured.
 */
abstract sealed class FieldEncoder permits FixedEncoder, FormedEncoder, TextEncoders.BytesEncoder {
    /** The most rows of a run. */
    static final int RUN_ROWS = 256;

    /** The bytes of a field's length, which stands before each field. */
    static final int LENGTH_BYTES = 4;

    /** The length that stands for a null. */
    static final int NULL = -1;

    private @Nullable Column column;
    private boolean full;

    /** Takes the column of the next batch. */
    final void begin(Column next) {
        column = next;
        full = !next.hasNulls() && !next.hasUnchanged();
        load(next);
    }

    /** Keeps the arrays of a column. */
    abstract void load(Column next);

    /** True if every row holds a value. */
    final boolean isFull() {
        return full;
    }

    final boolean isPresent(int row) {
        return full || (column != null && column.isPresent(row));
    }

    /** The most bytes that a field of the batch takes, its length included. */
    abstract long most();

    /**
     * Adds to each size what the field of its row takes.
     *
     * @param from the first row of the run
     * @param count its rows, at most {@link #RUN_ROWS}
     */
    abstract void measure(int from, int count, int[] sizes);

    /**
     * Writes fields of the run that was measured last, and moves their places behind them.
     *
     * @param first the first row, counted from the beginning of the run
     * @param count the rows
     * @param places where each row of the run goes on in the buffer
     */
    abstract void write(int first, int count, byte[] buffer, int[] places);

    /** Writes the field of a run of one row that is too large for the buffer. */
    abstract void writeLarge(CopyOutput out) throws IOException;

    /** Writes a null and returns the place behind it. */
    static int writeNull(byte[] buffer, int at) {
        BigEndian.putInt32(buffer, at, NULL);
        return at + LENGTH_BYTES;
    }
}
