package dev.sluice.cdk.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A byte array that grows as it is written. One thread uses it. */
public final class ByteSink {
    /** The most bytes that a sink holds. */
    public static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    private byte[] bytes;
    private int size;

    /**
     * Makes an empty sink.
     *
     * @param capacity the bytes to make room for at first
     */
    public ByteSink(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    /** The array that holds the bytes from 0 up to {@link #size()}; the next write may replace it. */
    public byte[] bytes() {
        return bytes;
    }

    /** The number of bytes written. */
    public int size() {
        return size;
    }

    /** Forgets everything written. */
    public void clear() {
        size = 0;
    }

    /** Forgets what was written beyond a size. */
    public void cutTo(int earlierSize) {
        if (earlierSize < 0 || earlierSize > size) {
            throw new IllegalArgumentException("cannot cut " + size + " bytes to " + earlierSize);
        }
        size = earlierSize;
    }

    /**
     * Makes room for more bytes, which the caller then writes at {@link #size()} and counts with {@link #advance}.
     *
     * @return the array to write into
     * @throws IllegalArgumentException if the sink would exceed {@value #MAX_BYTES} bytes
     */
    public byte[] reserve(int more) {
        long needed = (long) size + more;
        if (needed > bytes.length) {
            if (needed > MAX_BYTES) {
                throw new IllegalArgumentException("a text buffer holds at most " + MAX_BYTES + " bytes");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(needed, 2L * bytes.length)));
        }
        return bytes;
    }

    /** Counts bytes that were written into the reserved room. */
    public void advance(int written) {
        size += written;
    }

    /** Adds one byte. */
    public void put(int value) {
        reserve(1)[size++] = (byte) value;
    }

    /** Adds a part of an array. */
    public void put(byte[] source, int from, int length) {
        System.arraycopy(source, from, reserve(length), size, length);
        size += length;
    }

    /** Adds all bytes of an array. */
    public void put(byte[] source) {
        put(source, 0, source.length);
    }

    /** Adds a text in UTF-8. */
    public void put(String text) {
        put(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of everything written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Everything written, read as UTF-8. */
    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }
}
