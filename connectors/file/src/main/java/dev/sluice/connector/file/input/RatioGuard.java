package dev.sluice.connector.file.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Stops a decompression that makes unbelievably much of very little, as files do that were made to fill a disk.
 *
 * <p>Data that people keep compresses to a thousandth at the very best; the guard allows that and looks only after the
 * first gibibyte.
 */
final class RatioGuard extends InputStream {
    static final long FREE_BYTES = 1L << 30;
    static final long MAX_RATIO = 1000;

    private final Counting raw;
    private final InputStream decompressed;
    private long bytes;

    private RatioGuard(Counting raw, InputStream decompressed) {
        this.raw = raw;
        this.decompressed = decompressed;
    }

    /** Makes the decompressing stream of a raw one. */
    interface Decompressor {
        InputStream open(InputStream raw) throws IOException;
    }

    static InputStream around(InputStream raw, Decompressor decompressor) throws IOException {
        Counting counted = new Counting(raw);
        return new RatioGuard(counted, decompressor.open(counted));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = decompressed.read(target, offset, length);
        if (count > 0) {
            bytes += count;
            if (bytes > FREE_BYTES && bytes / MAX_RATIO > raw.count) {
                throw new DamagedFileException(raw.count + " compressed bytes became more than " + bytes
                        + ", which no ordinary file does; it may have been made to do harm");
            }
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        decompressed.close();
    }

    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
