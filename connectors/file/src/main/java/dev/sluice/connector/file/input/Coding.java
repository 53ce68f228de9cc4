package dev.sluice.connector.file.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * How the text of a file became its bytes.
 *
 * @param compression how it is compressed
 * @param encoding how its characters are encoded
 */
public record Coding(Compression compression, TextEncoding encoding) {
    /** UTF-8 as it is. */
    public static final Coding PLAIN = new Coding(Compression.NONE, TextEncoding.UTF_8);

    public Coding {
        Objects.requireNonNull(compression);
        Objects.requireNonNull(encoding);
    }

    /** True if the bytes of the file are its text in UTF-8, so that a place in one is a place in the other. */
    public boolean isPlain() {
        return equals(PLAIN);
    }

    /** The text in UTF-8 of the bytes of a file. */
    public InputStream decode(InputStream stored) throws IOException {
        return encoding.toUtf8(compression.decompress(stored));
    }

    /**
     * Opens the text of a file.
     *
     * @param offset the first byte that is wanted, counted in the text as UTF-8
     * @throws dev.sluice.spi.problem.ProblemException if the file is gone, is not readable, or has changed
     */
    public InputStream open(FileAccess access, SourceFile file, long offset) throws IOException {
        if (isPlain() && access.isRepeatable()) {
            return access.open(file, offset);
        }
        InputStream text = decode(access.open(file, 0));
        try {
            text.skipNBytes(offset);
            return text;
        } catch (IOException failure) {
            text.close();
            throw failure;
        }
    }
}
