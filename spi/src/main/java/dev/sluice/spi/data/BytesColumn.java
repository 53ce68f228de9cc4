package dev.sluice.spi.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A column of {@link dev.sluice.spi.type.Layout#BYTES}: all values end to end in one array, and where each begins.
 *
 * <p>Row {@code r} takes the bytes from {@code offsets[r]} up to {@code offsets[r + 1]}, so a column holds at most 2
 * GiB. A row without a value is empty.
 */
public final class BytesColumn extends Column {
    private final byte[] data;
    private final int[] offsets;

    private BytesColumn(int size, Validity validity, byte[] data, int[] offsets) {
        super(size, validity);
        this.data = data;
        this.offsets = offsets;
    }

    /** The bytes of all rows; read-only, possibly longer than what the rows take. */
    public byte[] data() {
        return data;
    }

    /** Where each row begins, and at {@code size()} where the last one ends; read-only. */
    public int[] offsets() {
        return offsets;
    }

    /** Where a row begins in {@link #data()}. */
    public int start(int row) {
        return offsets[row];
    }

    /** The number of bytes of a row. */
    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** A row's bytes read as UTF-8; for messages, tests and keys, not for hot loops. */
    public String text(int row) {
        return new String(data, start(row), length(row), StandardCharsets.UTF_8);
    }

    /** A copy of a row's bytes. */
    public byte[] copy(int row) {
        return Arrays.copyOfRange(data, start(row), start(row) + length(row));
    }

    @Override
    public long payloadBytes() {
        return offsets[size()];
    }

    @Override
    long valueBytes() {
        return data.length + 4L * offsets.length;
    }

    /** Fills such a column row by row. Not for use by several threads. */
    public static final class Builder extends ColumnBuilder {
        /** The most bytes that all rows of one column may take. */
        public static final int MAX_BYTES = Integer.MAX_VALUE - 64;

        private static final int FIRST_BYTES_A_ROW = 16;

        private byte[] data;
        private int[] offsets;
        private int end;
        private int expectedBytes;

        /**
         * Makes an empty builder.
         *
         * @param expectedRows how many rows to make room for at first
         */
        public Builder(int expectedRows) {
            super(expectedRows);
            expectedBytes = (int) Math.min(1 << 20, (long) FIRST_BYTES_A_ROW * expectedRows());
            data = new byte[expectedBytes];
            offsets = new int[expectedRows() + 1];
        }

        /** Adds a row with these bytes. */
        public void append(byte[] source, int from, int length) {
            Objects.checkFromIndexSize(from, length, source.length);
            int at = reserve(length);
            System.arraycopy(source, from, data, at, length);
        }

        /**
         * Adds several rows whose bytes stand in one array.
         *
         * @param starts where each row's bytes begin
         * @param lengths how many there are; below 0 for a null
         * @param count the rows
         */
        public void appendAll(byte[] source, int[] starts, int[] lengths, int count) {
            long more = 0;
            for (int i = 0; i < count; i++) {
                more += Math.max(0, lengths[i]);
            }
            makeRoom(end + more);
            int row = size();
            if (row + count >= offsets.length) {
                offsets = Arrays.copyOf(offsets, Math.max(grown(row), row + count + 1));
            }
            int at = end;
            for (int i = 0; i < count; i++) {
                if (lengths[i] < 0) {
                    markNull(row + i);
                } else {
                    System.arraycopy(source, starts[i], data, at, lengths[i]);
                    at += lengths[i];
                }
                offsets[row + i + 1] = at;
            }
            end = at;
            addRows(count);
        }

        /** Adds a row with these bytes. */
        public void append(byte[] value) {
            append(value, 0, value.length);
        }

        /** Adds a row with this text in UTF-8. */
        public void append(String value) {
            append(value.getBytes(StandardCharsets.UTF_8));
        }

        /**
         * Adds a row of this many bytes, which the caller then writes into {@link #data()} before it calls anything else
         * here.
         *
         * @return where the row begins in {@link #data()}
         * @throws IllegalArgumentException if the column would exceed {@value #MAX_BYTES} bytes
         */
        public int reserve(int length) {
            int at = end;
            makeRoom((long) at + length);
            end = at + length;
            closeRow();
            return at;
        }

        /** The array that {@link #reserve} hands out places in; a later call may replace it. */
        public byte[] data() {
            return data;
        }

        /**
         * Cuts the last row to its first bytes, after less was written than reserved.
         *
         * @param length the new length, at most the reserved one
         */
        public void shortenLast(int length) {
            int start = offsets[size() - 1];
            Objects.checkIndex(length, end - start + 1);
            end = start + length;
            offsets[size()] = end;
        }

        @Override
        void appendGap() {
            closeRow();
        }

        @Override
        public long bytes() {
            return end + 4L * size();
        }

        @Override
        public BytesColumn build() {
            BytesColumn column = new BytesColumn(size(), finish(), data, offsets);
            // As much room as the last column needed, and a little more, so that the next one rarely grows.
            expectedBytes = (int) Math.min(MAX_BYTES, Math.min(end + (end >> 3), 8L << 20) + FIRST_BYTES_A_ROW);
            data = new byte[expectedBytes];
            offsets = new int[expectedRows() + 1];
            end = 0;
            return column;
        }

        private void makeRoom(long needed) {
            if (needed > data.length) {
                data = Arrays.copyOf(data, roomFor(needed));
            }
        }

        private void closeRow() {
            int row = nextRow() + 1;
            if (row == offsets.length) {
                offsets = Arrays.copyOf(offsets, grown(row));
            }
            offsets[row] = end;
        }

        private int roomFor(long needed) {
            if (needed > MAX_BYTES) {
                throw new IllegalArgumentException("a column holds at most " + MAX_BYTES + " bytes, not " + needed);
            }
            // One giant value gets exactly its size: doubling would ask for twice the memory that it needs.
            long doubled = 2L * data.length;
            return (int) Math.min(MAX_BYTES, needed > doubled ? needed : doubled);
        }
    }
}
