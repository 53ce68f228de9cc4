package dev.sluice.connector.mysql.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Bytes from the socket through one buffer, in which whole packets can be looked at without a copy. */
final class WireInput {
    private static final int BUFFER_BYTES = 256 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int end;

    WireInput(InputStream in) {
        this.in = in;
    }

    byte[] buffer() {
        return buffer;
    }

    int position() {
        return position;
    }

    int capacity() {
        return buffer.length;
    }

    /** Makes sure that so many bytes stand in the buffer from {@link #position()} on. */
    void require(int bytes) throws IOException {
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
                throw new EOFException("the server closed the connection");
            }
            end += read;
        }
    }

    void skip(int bytes) {
        position += bytes;
    }

    void readFully(byte[] target, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, target.length);
        int buffered = Math.min(length, end - position);
        System.arraycopy(buffer, position, target, from, buffered);
        position += buffered;
        for (int done = buffered; done < length; ) {
            int read = in.read(target, from + done, length - done);
            if (read < 0) {
                throw new EOFException("the server closed the connection");
            }
            done += read;
        }
    }

    void skipFully(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            require(1);
            int some = (int) Math.min(left, end - position);
            position += some;
            left -= some;
        }
    }
}
