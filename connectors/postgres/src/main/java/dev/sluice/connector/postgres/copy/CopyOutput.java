package dev.sluice.connector.postgres.copy;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The bytes that go to the server as CopyData messages, in a buffer that encoders write in place.
 *
 * <p>Message boundaries mean nothing in a COPY, so a message is sent whenever the buffer is full.
 */
final class CopyOutput {
    /** From this size on bytes are not copied into the buffer but sent as they are. */
    static final int MAX_RESERVE = 64 << 10;

    private static final int HEADER_BYTES = 5;

    /** What the buffer holds. */
    static final int CAPACITY = PgWire.BUFFER_BYTES - HEADER_BYTES;

    private static final int LARGE_MESSAGE_BYTES = 1 << 20;

    private final PgWire wire;
    private final OutputStream out;
    private final byte[] buffer = new byte[PgWire.BUFFER_BYTES];
    private int position = HEADER_BYTES;

    CopyOutput(PgWire wire) {
        this.wire = wire;
        this.out = wire.out();
    }

    byte[] buffer() {
        return buffer;
    }

    /** Makes room for so many bytes, at most the capacity, and returns where they begin; the caller writes them all. */
    int reserve(int bytes) throws IOException {
        if (buffer.length - position < bytes) {
            flush();
        }
        int at = position;
        position += bytes;
        return at;
    }

    /** Writes bytes, however many; a long run goes to the socket without a copy. */
    void write(byte[] bytes, int from, int length) throws IOException {
        if (length <= MAX_RESERVE) {
            System.arraycopy(bytes, from, buffer, reserve(length), length);
            return;
        }
        flush();
        byte[] header = new byte[HEADER_BYTES];
        for (int done = 0; done < length; done += LARGE_MESSAGE_BYTES) {
            int size = Math.min(LARGE_MESSAGE_BYTES, length - done);
            header[0] = PgWire.COPY_DATA;
            BigEndian.putInt32(header, 1, size + 4);
            out.write(header);
            out.write(bytes, from + done, size);
        }
    }

    /** Sends what is in the buffer, and raises an error that the server has sent meanwhile. */
    void flush() throws IOException {
        if (position > HEADER_BYTES) {
            buffer[0] = PgWire.COPY_DATA;
            BigEndian.putInt32(buffer, 1, position - 1);
            out.write(buffer, 0, position);
            position = HEADER_BYTES;
        }
        if (wire.hasInput()) {
            byte type = wire.nextType();
            if (type == PgWire.ERROR_RESPONSE) {
                // The server ignores the rest of the data up to the end of the COPY.
                out.write(endMessage(PgWire.COPY_DONE));
                out.flush();
                throw wire.failure();
            }
            throw new IOException("unexpected message of type " + (char) type + " in a COPY");
        }
    }

    static byte[] endMessage(byte type) {
        return new byte[] {type, 0, 0, 0, 4};
    }
}
