package dev.sluice.connector.file.input;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The beginning of a file's text in UTF-8. Immutable. */
public final class TextSample {
    private final Coding coding;
    private final byte[] bytes;
    private final boolean whole;

    private TextSample(Coding coding, byte[] bytes, boolean whole) {
        this.coding = coding;
        this.bytes = bytes;
        this.whole = whole;
    }

    /** A sample of text that is known. */
    public static TextSample of(Coding coding, byte[] bytes, boolean whole) {
        return new TextSample(coding, bytes.clone(), whole);
    }

    /**
     * Reads a sample.
     *
     * @param size how many bytes, at most
     * @param coding how the file is stored
     */
    public static TextSample read(FileAccess access, SourceFile file, Coding coding, int size) throws IOException {
        if (!access.isRepeatable()) {
            byte[] head = access.head(file, size);
            byte[] text = decodeAsFarAsPossible(head, coding, size);
            return new TextSample(coding, text, head.length < size);
        }
        try (InputStream input = coding.open(access, file, 0)) {
            byte[] text = input.readNBytes(size);
            return new TextSample(coding, text, text.length < size || input.read() < 0);
        }
    }

    /** How a file is stored, by its first bytes. */
    public static Compression compressionOf(FileAccess access, SourceFile file) throws IOException {
        byte[] head = access.head(file, 4);
        return Compression.of(head, head.length);
    }

    /** What byte order mark the text begins with, if any. */
    public static TextEncoding encodingOf(FileAccess access, SourceFile file, Compression compression)
            throws IOException {
        TextSample first = read(access, file, new Coding(compression, TextEncoding.UTF_8), 2);
        return TextEncoding.ofMark(first.bytes, first.bytes.length);
    }

    private static byte[] decodeAsFarAsPossible(byte[] head, Coding coding, int size) throws IOException {
        byte[] text = new byte[size];
        int length = 0;
        try (InputStream input = coding.decode(new ByteArrayInputStream(head))) {
            int count = 0;
            while (count >= 0 && length < size) {
                length += count;
                count = input.read(text, length, size - length);
            }
        } catch (IOException cutInTheMiddle) {
            if (length == 0) {
                throw cutInTheMiddle;
            }
        }
        return Arrays.copyOf(text, length);
    }

    /** How the file is stored. */
    public Coding coding() {
        return coding;
    }

    /** The bytes; not to be written. */
    public byte[] bytes() {
        return bytes;
    }

    /** True if these are all bytes of the file. */
    public boolean isWhole() {
        return whole;
    }
}
