package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** A vector to be filled: its values and, once there is a NULL, its bit mask. */
final class VectorTarget {
    private final long vector;
    private final long data;
    private long validity;

    private VectorTarget(long vector, long data) {
        this.vector = vector;
        this.data = data;
    }

    static VectorTarget of(long vector) {
        return new VectorTarget(vector, Native.VECTOR_GET_DATA.call(vector));
    }

    /** The memory of its first rows. */
    MemorySegment values(int rows, int width) {
        return Memory.at(data, (long) rows * width);
    }

    void setNull(int row) {
        if (validity == 0) {
            Native.VECTOR_ENSURE_VALIDITY_WRITABLE.call(vector);
            validity = Native.VECTOR_GET_VALIDITY.call(vector);
        }
        long word = validity + ((row >> 6) << 3);
        Memory.ALL.set(JAVA_LONG_UNALIGNED, word, Memory.ALL.get(JAVA_LONG_UNALIGNED, word) & ~(1L << row));
    }

    void setAllNull(int rows) {
        for (int row = 0; row < rows; row++) {
            setNull(row);
        }
    }
}
