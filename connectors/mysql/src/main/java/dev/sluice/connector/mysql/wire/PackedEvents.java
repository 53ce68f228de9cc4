package dev.sluice.connector.mysql.wire;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The events of a transaction that the server compressed into one (MySQL's documentation, "Binary Log Transaction
 * Compression"). They carry no checksums of their own.
 */
public final class PackedEvents extends LogEvents implements AutoCloseable {
    private static final int END = 0;
    private static final int COMPRESSION = 2;
    private static final int UNPACKED_SIZE = 3;
    private static final long ZSTD = 0;
    private static final long NONE = 255;

    private final InputStream in;
    private final long size;
    private long done;

    private PackedEvents(InputStream in, long size) {
        this.in = in;
        this.size = size;
    }

    /** Opens what an event holds; nothing else reads it meanwhile. */
    public static PackedEvents of(LogEvents event) throws IOException {
        long compression = ZSTD;
        long size = -1;
        for (long field = event.packedNumber(); field != END; field = event.packedNumber()) {
            long length = event.packedNumber();
            long end = event.left() - length;
            if (length > event.left()) {
                throw new IOException("a compressed transaction of the log says too much of itself");
            }
            if (field == COMPRESSION) {
                compression = event.packedNumber();
            } else if (field == UNPACKED_SIZE) {
                size = event.packedNumber();
            }
            while (event.left() > end) {
                event.number(1);
            }
        }
        InputStream packed = new InputStream() {
            @Override
            public int read() throws IOException {
                return event.left() == 0 ? -1 : (int) event.number(1);
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                int some = (int) Math.min(length, event.left());
                if (some == 0) {
                    return length == 0 ? 0 : -1;
                }
                event.read(target, from, some);
                return some;
            }
        };
        if (compression == NONE) {
            return new PackedEvents(packed, event.left());
        }
        if (compression != ZSTD || size < 0) {
            throw new IOException("a transaction of the log is compressed in a way that is not known: " + compression);
        }
        return new PackedEvents(new ZstdInputStream(packed), size);
    }

    @Override
    public boolean next() throws IOException {
        in.skipNBytes(left());
        done += left();
        expect(0);
        if (done == size) {
            return false;
        }
        expect(begin() - HEADER_BYTES);
        if (left() > size - done) {
            throw new IOException("an event of a compressed transaction is longer than the transaction");
        }
        return true;
    }

    @Override
    void take(byte[] target, int from, int length) throws IOException {
        if (length > size - done || in.readNBytes(target, from, length) < length) {
            throw new IOException("a compressed transaction of the log ends in the middle of an event");
        }
        done += length;
    }

    @Override
    public void verify() {
        // The checksum of the whole tells whether they are right.
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
