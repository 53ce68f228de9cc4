package dev.sluice.connector.file.input;

import dev.sluice.connector.file.bytes.BlockInput;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose bytes are made from those of another one. */
abstract class RecodedInput extends BlockInput {
    private static final int BUFFER_BYTES = 64 << 10;

    /** A byte of input becomes at most three of output, and a little may be left from before. */
    static final int GROWTH = 3;

    private final InputStream encoded;
    private final byte[] in = new byte[BUFFER_BYTES];
    private final byte[] out = new byte[BUFFER_BYTES * GROWTH + 16];
    private int at;
    private int end;
    private boolean ended;

    RecodedInput(InputStream encoded) {
        this.encoded = encoded;
    }

    /**
     * Recodes bytes.
     *
     * @return the number of bytes written to {@code target}
     */
    abstract int recode(byte[] source, int length, byte[] target);

    /** Writes what is left after the last byte; the number of bytes written. */
    abstract int finish(byte[] target);

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == end) {
            if (ended) {
                return -1;
            }
            int count = encoded.read(in, 0, in.length);
            ended = count < 0;
            at = 0;
            end = ended ? finish(out) : recode(in, count, out);
        }
        int count = Math.min(length, end - at);
        System.arraycopy(out, at, target, offset, count);
        at += count;
        return count;
    }

    @Override
    public final void close() throws IOException {
        encoded.close();
    }
}
