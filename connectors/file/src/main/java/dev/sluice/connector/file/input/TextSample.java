package dev.sluice.connector.file.input;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

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
     * Decodes the first bytes of a file as far as they go.
     *
     * @param head the first bytes as they are stored
     * @param all true if the file has no more
     * @param coding how it is stored
     * @param most how many bytes of text, at most
     * @throws IOException if not even a part can be decoded
     */
    public static TextSample decode(byte[] head, boolean all, Coding coding, int most) throws IOException {
        if (coding.isPlain()) {
            return new TextSample(coding, head, all);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean ended = false;
        try (InputStream input = coding.decode(new ByteArrayInputStream(head))) {
            byte[] part = new byte[64 << 10];
            while (!ended && text.size() < most) {
                int count = input.read(part, 0, Math.min(part.length, most - text.size()));
                ended = count < 0;
                text.write(part, 0, Math.max(0, count));
            }
        } catch (IOException failure) {
            // The head of a longer file ends in the middle of something.
            if (all || text.size() == 0) {
                throw failure;
            }
        }
        return new TextSample(coding, text.toByteArray(), all && ended);
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
