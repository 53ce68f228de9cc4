package dev.sluice.connector.file.destination.text;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.sluice.connector.file.input.Compression;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Compresses text piece by piece: what is written between two ends of a piece can be decompressed by itself. */
final class TextOutput {
    private static final int BUFFER_BYTES = 64 << 10;

    /** Twice as fast as the usual 6, and the files are hardly larger. */
    private static final int GZIP_LEVEL = 4;

    private static final int ZSTD_LEVEL = 3;

    private TextOutput() {}

    /** A stream whose closing ends the piece and leaves the raw stream open. */
    static OutputStream piece(Compression compression, OutputStream raw) throws IOException {
        OutputStream open = new LeftOpen(raw);
        return switch (compression) {
            case NONE -> open;
            case GZIP -> new Gzip(open);
            case ZSTD -> new ZstdOutputStreamNoFinalizer(open, ZSTD_LEVEL);
        };
    }

    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream raw) throws IOException {
            super(raw, BUFFER_BYTES);
            def.setLevel(GZIP_LEVEL);
        }
    }

    private static final class LeftOpen extends FilterOutputStream {
        LeftOpen(OutputStream raw) {
            super(raw);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {
            // The next piece goes on where this one ended.
        }
    }
}
