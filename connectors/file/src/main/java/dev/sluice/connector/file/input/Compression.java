package dev.sluice.connector.file.input;

import java.io.IOException;
import java.io.InputStream;

/** How a file is compressed. */
public enum Compression {
    /** Not at all. */
    NONE(""),
    /** RFC 1952. */
    GZIP(".gz"),
    /** RFC 8878. */
    ZSTD(".zst");

    private static final int BUFFER_BYTES = 64 << 10;

    private final String extension;

    Compression(String extension) {
        this.extension = extension;
    }

    /** What file names end in; empty if there is nothing special. */
    public String extension() {
        return extension;
    }

    /** What the first bytes of a file give away. */
    public static Compression of(byte[] head, int length) {
        if (length >= 2 && (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B) {
            return GZIP;
        }
        boolean zstd = length >= 4
                && (head[0] & 0xFF) == 0x28
                && (head[1] & 0xFF) == 0xB5
                && (head[2] & 0xFF) == 0x2F
                && (head[3] & 0xFF) == 0xFD;
        return zstd ? ZSTD : NONE;
    }

    /** The decompressed bytes of a stream; closing them closes it. */
    public InputStream decompress(InputStream raw) throws IOException {
        return switch (this) {
            case NONE -> raw;
            case GZIP -> RatioGuard.around(raw, counted -> new GzipInput(counted, BUFFER_BYTES));
            case ZSTD -> RatioGuard.around(raw, ZstdInput::new);
        };
    }
}
