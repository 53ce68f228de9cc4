package dev.sluice.connector.mysql.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Bytes of a stream through one buffer, in which whole packets can be looked at without a copy. One thread uses it. */
public final class WireInput {
    private static final int BUFFER_BYTES = 256 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int end;

    /** Reads from a stream. */
    public WireInput(InputStream in) {
        this.in = in;
    }

    /** The buffer. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where the next byte stands in the buffer. */
    public int position() {
        return position;
    }

    /** The most bytes that stand in the buffer at a time. */
    public int capacity() {
        return buffer.length;
    }

    /** Makes sure that so many bytes stand in the buffer from {@link #position()} on. */
    public void require(int bytes) throws IOException {
        if (end - position >= bytes) {
            return;
        }
        if (buffer.length - position < bytes) {
            System.arraycopy(buffer, position, buffer, 0, end - position);
            end -= position;
            position = 0;
        }
        while (end - position < bytes) {
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                throw new EOFException("the connection was closed");
            }
            end += read;
        }
    }

    /** Passes over bytes that stand in the buffer. */
    public void skip(int bytes) {
        position += bytes;
    }

    /** Copies bytes out, however many. */
    public void readFully(byte[] target, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, target.length);
        int buffered = Math.min(length, end - position);
        System.arraycopy(buffer, position, target, from, buffered);
        position += buffered;
        for (int done = buffered; done < length; ) {
            int read = in.read(target, from + done, length - done);
            if (read < 0) {
                throw new EOFException("the connection was closed");
            }
            done += read;
        }
    }

    /** Passes over bytes, however many. */
    public void skipFully(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            require(1);
            int some = (int) Math.min(left, end - position);
            position += some;
            left -= some;
        }
    }

    /** The next bytes, at most eight, as a number whose lowest byte comes first. */
    public long number(int bytes) throws IOException {
        require(bytes);
        long value = Lengths.behind(buffer, position, bytes);
        position += bytes;
        return value;
    }

    /** A number in the protocol's form of variable length, which is no null. */
    public long lengthEncoded() throws IOException {
        int first = (int) number(1);
        int more = Lengths.bytesBehind(first);
        return more == 0 ? first : number(more);
    }
}
