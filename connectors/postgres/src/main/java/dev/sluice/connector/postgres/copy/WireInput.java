package dev.sluice.connector.postgres.copy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The bytes that come from the server, in a buffer that decoders read in place.
 *
 * <p>{@link #require} makes a run of bytes stand in the buffer at {@link #position()}; what is larger than the buffer is
 * copied out by {@link #readFully}.
 */
public final class WireInput {
    private final InputStream in;
    private final byte[] buffer;
    private int position;
    private int limit;

    /** Reads from a stream through a buffer of this size. */
    public WireInput(InputStream in, int bufferSize) {
        this.in = in;
        this.buffer = new byte[bufferSize];
    }

    byte[] buffer() {
        return buffer;
    }

    int position() {
        return position;
    }

    /** Where the bytes end that stand in the buffer. */
    int limit() {
        return limit;
    }

    /** The most bytes that stand in the buffer at a time. */
    public int capacity() {
        return buffer.length;
    }

    void skip(int bytes) {
        position += bytes;
    }

    /** Makes so many bytes, at most the capacity, stand in the buffer from the position on. */
    public void require(int bytes) throws IOException {
        if (limit - position < bytes) {
            fill(bytes);
        }
    }

    /** The next byte. */
    public int readByte() throws IOException {
        require(1);
        return buffer[position++];
    }

    /** The next four bytes as a number. */
    public int readInt() throws IOException {
        require(4);
        int value = BigEndian.int32(buffer, position);
        position += 4;
        return value;
    }

    /** The next two bytes as a number. */
    public short readShort() throws IOException {
        require(2);
        short value = BigEndian.int16(buffer, position);
        position += 2;
        return value;
    }

    /** The next eight bytes as a number. */
    public long readLong() throws IOException {
        require(8);
        long value = BigEndian.int64(buffer, position);
        position += 8;
        return value;
    }

    /** The next text, which ends with a zero byte. */
    public String readText() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = readByte(); next != 0; next = readByte()) {
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Copies bytes out, however many. */
    public void readFully(byte[] target, int from, int length) throws IOException {
        int buffered = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, from, buffered);
        position += buffered;
        if (buffered < length && in.readNBytes(target, from + buffered, length - buffered) < length - buffered) {
            throw endOfStream();
        }
    }

    /** Passes over bytes, however many. */
    public void skipFully(long bytes) throws IOException {
        long left = bytes - Math.min(bytes, limit - position);
        position += (int) (bytes - left);
        in.skipNBytes(left);
    }

    private void fill(int bytes) throws IOException {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        while (limit < bytes) {
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                throw endOfStream();
            }
            limit += read;
        }
    }

    private static EOFException endOfStream() {
        return new EOFException("the server closed the connection");
    }
}
