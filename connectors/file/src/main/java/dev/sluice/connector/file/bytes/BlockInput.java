package dev.sluice.connector.file.bytes;

import java.io.IOException;
import java.io.InputStream;

/** A stream that gives its bytes in blocks, and single ones only to whoever insists. */
public abstract class BlockInput extends InputStream {
    /** For those who extend it. */
    protected BlockInput() {}

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Gives at least one byte, if any was asked for and the stream is not at its end. */
    @Override
    public abstract int read(byte[] target, int offset, int length) throws IOException;
}
