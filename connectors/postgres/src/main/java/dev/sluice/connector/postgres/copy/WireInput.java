package dev.sluice.connector.postgres.copy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes that come from the server, in a buffer that decoders read in place.
 *
 * <p>{@link #require} makes a run of bytes stand in the buffer at {@link #position()}; what is larger than the buffer is
 * copied out by {@link #readFully}.
 */
final class WireInput {
    private final InputStream in;
    private final byte[] buffer;
    private int position;
    private int limit;

    WireInput(InputStream in, int bufferSize) {
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

    int capacity() {
        return buffer.length;
    }

    void skip(int bytes) {
        position += bytes;
    }

    /** Makes so many bytes, at most the capacity, stand in the buffer from the position on. */
    void require(int bytes) throws IOException {
        if (limit - position < bytes) {
            fill(bytes);
        }
    }

    int readByte() throws IOException {
        require(1);
        return buffer[position++];
    }

    int readInt() throws IOException {
        require(4);
        int value = BigEndian.int32(buffer, position);
        position += 4;
        return value;
    }

    short readShort() throws IOException {
        require(2);
        short value = BigEndian.int16(buffer, position);
        position += 2;
        return value;
    }

    /** Copies bytes out, however many. */
    void readFully(byte[] target, int from, int length) throws IOException {
        int buffered = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, from, buffered);
        position += buffered;
        if (buffered < length && in.readNBytes(target, from + buffered, length - buffered) < length - buffered) {
            throw endOfStream();
        }
    }

    /** Passes over bytes, however many. */
    void skipFully(long bytes) throws IOException {
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
