package dev.sluice.connector.file.bytes;

import java.io.IOException;
import java.io.InputStream;

/** The next bytes of a stream, up to a number of them. */
public final class BoundedInput extends BlockInput {
    private final InputStream from;
    private long left;

    /**
     * Begins where the stream stands.
     *
     * @param from closed with this
     * @param bytes how many may be read
     */
    public BoundedInput(InputStream from, long bytes) {
        this.from = from;
        this.left = bytes;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = from.read(target, offset, (int) Math.min(left, length));
        left -= Math.max(0, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        from.close();
    }
}
