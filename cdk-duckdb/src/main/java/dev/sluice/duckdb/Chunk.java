package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.ValueChange;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One chunk of a result and how far it has been read: some two thousand rows as vectors. Lives as long as DuckDB's chunk,
 * which its reader destroys.
 */
final class Chunk {
    private static final int STRING_BYTES = 16;

    private final long pointer;
    private final int rows;
    private final List<ResultColumn> columns;
    private final long[] data;
    private final long[] validity;
    private int next;
    private boolean endedWithLargeValue;

    private Chunk(long pointer, int rows, List<ResultColumn> columns) {
        this.pointer = pointer;
        this.rows = rows;
        this.columns = columns;
        this.data = new long[columns.size()];
        this.validity = new long[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            long vector = Native.DATA_CHUNK_GET_VECTOR.call(pointer, i);
            data[i] = Native.VECTOR_GET_DATA.call(vector);
            validity[i] = Native.VECTOR_GET_VALIDITY.call(vector);
        }
    }

    static Chunk of(long pointer, List<ResultColumn> columns) {
        return new Chunk(pointer, (int) Native.DATA_CHUNK_GET_SIZE.call(pointer), columns);
    }

    long pointer() {
        return pointer;
    }

    boolean isDone() {
        return next >= rows;
    }

    /** True if the last slice ended with a row that has a large value, after which a batch is handed on. */
    boolean endedWithLargeValue() {
        return endedWithLargeValue;
    }

    /**
     * Where the next slice of rows has to end so that the batch does not become much larger than it shall be.
     *
     * @param size when the batch is full
     * @param batchRows the rows that it has
     * @param batchBytes the bytes that it has
     */
    int sliceEnd(BatchSize size, int batchRows, long batchBytes) {
        endedWithLargeValue = false;
        int end = Math.min(rows, next + size.rows() - batchRows);
        long bytes = 0;
        long longest = 0;
        for (int column = 0; column < data.length; column++) {
            if (isText(column)) {
                MemorySegment vector = Memory.at(data[column], (long) STRING_BYTES * rows);
                for (int row = next; row < end; row++) {
                    if (isValid(validity[column], row)) {
                        long length = length(vector, row);
                        bytes += length;
                        longest = Math.max(longest, length);
                    }
                }
            }
        }
        boolean fits = batchBytes + bytes <= 2 * size.bytes() && longest < LargeValues.LARGE;
        return fits ? end : endOfSlowSlice(end, size.bytes() - batchBytes);
    }

    private int endOfSlowSlice(int end, long room) {
        long bytes = 0;
        for (int row = next; row < end; row++) {
            for (int column = 0; column < data.length; column++) {
                if (isText(column) && isValid(validity[column], row)) {
                    long length = length(Memory.at(data[column], (long) STRING_BYTES * rows), row);
                    bytes += length;
                    endedWithLargeValue |= length >= LargeValues.LARGE;
                }
            }
            if (endedWithLargeValue || bytes >= room) {
                return row + 1;
            }
        }
        return end;
    }

    /** Appends the rows up to an end to a batch and returns how many they are. */
    int take(int end, ColumnBuilder[] builders, int batchRow, LargeValues large, List<ValueChange> changes) {
        int from = next;
        for (int i = 0; i < builders.length; i++) {
            VectorDecoder.Slice slice = new VectorDecoder.Slice(data[i], validity[i], from, end, batchRow);
            VectorDecoder.decode(columns.get(i), slice, builders[i], large, changes);
        }
        next = end;
        return end - from;
    }

    private boolean isText(int column) {
        TypeId vector = columns.get(column).vector();
        return vector == TypeId.VARCHAR || vector == TypeId.BLOB;
    }

    private static long length(MemorySegment vector, int row) {
        return Integer.toUnsignedLong(vector.get(JAVA_INT_UNALIGNED, (long) STRING_BYTES * row));
    }

    /** True if a row of a vector holds a value, by the vector's bit mask, which may be absent. */
    static boolean isValid(long validity, int row) {
        return validity == 0 || (Memory.ALL.get(JAVA_LONG_UNALIGNED, validity + ((row >> 6) << 3)) >>> row & 1) != 0;
    }
}
