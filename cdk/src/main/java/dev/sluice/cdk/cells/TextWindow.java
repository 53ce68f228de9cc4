package dev.sluice.cdk.cells;

import java.io.IOException;
import java.io.InputStream;

/**
 * A part of a stream of bytes that moves along it: what was read and not yet consumed. One thread uses it.
 *
 * <p>Behind the last byte there is always room for {@value #SLACK} more that mean nothing, so that eight bytes can be
 * read at a time and a missing end of line can be added.
 */
public final class TextWindow implements AutoCloseable {
    /** The bytes behind the end that may be read and written. */
    public static final int SLACK = 72;

    private final InputStream input;
    private byte[] bytes;
    private int from;
    private int to;
    private long offset;
    private boolean ended;

    /**
     * Begins at the start of a stream.
     *
     * @param input where the bytes come from; closed with the window
     * @param offset the place of its first byte in the text of the file
     * @param capacity how many bytes to hold at first
     */
    public TextWindow(InputStream input, long offset, int capacity) {
        this.input = input;
        this.offset = offset;
        this.bytes = new byte[capacity + SLACK];
    }

    /** The bytes; those from {@link #from()} up to {@link #to()} are waiting. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the waiting bytes begin. */
    public int from() {
        return from;
    }

    /** Where the waiting bytes end. */
    public int to() {
        return to;
    }

    /** The number of waiting bytes. */
    public int available() {
        return to - from;
    }

    /** The place of the first waiting byte in the text of the file. */
    public long offset() {
        return offset;
    }

    /** True if nothing comes after the waiting bytes. */
    public boolean isAtEnd() {
        return ended;
    }

    /** Reads on until at least this many bytes are waiting, or the stream is at its end. May move the bytes. */
    public void fill(int wanted) throws IOException {
        if (to - from >= wanted || ended) {
            return;
        }
        if (from + wanted > bytes.length - SLACK) {
            makeRoom(wanted);
        }
        int room = bytes.length - SLACK;
        while (to - from < wanted) {
            int read = input.read(bytes, to, room - to);
            if (read < 0) {
                ended = true;
                return;
            }
            to += read;
        }
    }

    /** Adds a byte behind the end of the stream, such as the end of a last line that has none. */
    public void addAtEnd(int value) {
        bytes[to++] = (byte) value;
    }

    /** Lets go of the first waiting bytes. */
    public void consume(int count) {
        from += count;
        offset += count;
    }

    private void makeRoom(int wanted) {
        byte[] target = wanted > bytes.length - SLACK ? new byte[Math.addExact(wanted, SLACK)] : bytes;
        System.arraycopy(bytes, from, target, 0, to - from);
        bytes = target;
        to -= from;
        from = 0;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
