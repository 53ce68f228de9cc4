package dev.sluice.connector.postgres.copy;

import java.util.Arrays;

/** Encodes values that all take the same number of bytes. */
abstract non-sealed class FixedEncoder extends FieldEncoder {
    private final int bytes;
    private final boolean checked;

    private final boolean[] written = new boolean[RUN_ROWS];
    private int runStart;
    private boolean allWritten;

    /**
     * @param bytes the size of each value
     * @param checked true if {@link #fits} has to look at each value
     */
    FixedEncoder(int bytes, boolean checked) {
        this.bytes = bytes;
        this.checked = checked;
    }

    /** True if the server can hold the value; reports what is altered. */
    boolean fits(int row) {
        return true;
    }

    /** Writes a value without its length. */
    abstract void put(int row, byte[] buffer, int at);

    @Override
    final long most() {
        return (long) LENGTH_BYTES + bytes;
    }

    @Override
    final void measure(int from, int count, int[] sizes) {
        runStart = from;
        allWritten = isFull() && !checked;
        if (allWritten) {
            for (int i = 0; i < count; i++) {
                sizes[i] += LENGTH_BYTES + bytes;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            boolean present = isPresent(from + i) && (!checked || fits(from + i));
            written[i] = present;
            sizes[i] += present ? LENGTH_BYTES + bytes : LENGTH_BYTES;
        }
    }

    @Override
    final void write(int first, int count, byte[] buffer, int[] places) {
        if (allWritten) {
            Arrays.fill(written, first, first + count, true);
        }
        for (int i = first; i < first + count; i++) {
            int at = places[i];
            if (written[i]) {
                BigEndian.putInt32(buffer, at, bytes);
                put(runStart + i, buffer, at + LENGTH_BYTES);
                places[i] = at + LENGTH_BYTES + bytes;
            } else {
                places[i] = writeNull(buffer, at);
            }
        }
    }

    @Override
    final void writeLarge(CopyOutput out) {
        throw new IllegalStateException("a value of " + bytes + " bytes fits into every buffer");
    }
}
