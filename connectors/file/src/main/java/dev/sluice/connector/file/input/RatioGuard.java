package dev.sluice.connector.file.input;

import dev.sluice.connector.file.bytes.BlockInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stops a decompression that makes unbelievably much of very little, as files do that were made to fill a disk.
 *
 * <p>Data that people keep compresses to a thousandth at the very best; the guard allows that and looks only after the
 * first gibibyte. It may be closed by another thread than the one that reads: the raw stream ends first, which releases a
 * reader that waits, and the decompressor, whose memory is native, only when nobody works with it.
 */
final class RatioGuard extends BlockInput {
    private static final Limits USUAL = new Limits(1L << 30, 1000);

    private final Counting raw;
    private final InputStream decompressed;
    private final Limits limits;
    private final ReentrantLock use = new ReentrantLock();
    private long bytes;
    private boolean closed;

    /**
     * What is believable.
     *
     * @param freeBytes how many bytes may come out in any case
     * @param maxRatio how many times as many as went in may come out beyond that
     */
    record Limits(long freeBytes, long maxRatio) {}

    private RatioGuard(Counting raw, InputStream decompressed, Limits limits) {
        this.raw = raw;
        this.decompressed = decompressed;
        this.limits = limits;
    }

    /** Makes the decompressing stream of a raw one. */
    interface Decompressor {
        InputStream open(InputStream raw) throws IOException;
    }

    static InputStream around(InputStream raw, Decompressor decompressor) throws IOException {
        return around(raw, decompressor, USUAL);
    }

    static InputStream around(InputStream raw, Decompressor decompressor, Limits limits) throws IOException {
        Counting counted = new Counting(raw);
        return new RatioGuard(counted, decompressor.open(counted), limits);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        use.lock();
        try {
            if (closed) {
                throw new IOException("reading was stopped");
            }
            int count = decompressed.read(target, offset, length);
            bytes += Math.max(0, count);
            if (bytes > limits.freeBytes && bytes / limits.maxRatio > raw.count) {
                throw new DamagedFileException(raw.count + " compressed bytes became more than " + bytes
                        + ", which no ordinary file does; it may have been made to do harm. If it was not, decompress"
                        + " it first");
            }
            return count;
        } finally {
            use.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        raw.close();
        use.lock();
        try {
            closed = true;
            decompressed.close();
        } finally {
            use.unlock();
        }
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
