package dev.sluice.airbyte.process;

import dev.sluice.cdk.text.Words;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines that a program prints, however it ends them. Of a line that is longer than allowed the beginning is kept. One thread
 * uses it.
 */
public final class Lines implements AutoCloseable {
    private static final int FIRST_BYTES = 256 << 10;

    private static final int UNKNOWN = -2;

    private final InputStream in;
    private final int longest;
    private byte[] bytes;

    /** The current line, the beginning of the next one, and the end of what was read. */
    private int from;

    private int to;
    private int next;
    private int limit;
    private boolean cut;
    private boolean isFirst = true;

    /** Where the next line ends: -1 if its end was not read yet, {@link #UNKNOWN} if nobody has looked. */
    private int nextNewline = UNKNOWN;

    /**
     * Reads lines.
     *
     * @param in what is printed; closed with this
     * @param longest the most bytes of a line that are kept
     */
    public Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
        this.bytes = new byte[FIRST_BYTES];
    }

    /** Goes to the next line; false at the end. */
    public boolean next() throws IOException {
        cut = false;
        from = next;
        int scanned = from;
        while (true) {
            int newline = nextNewline == UNKNOWN ? Words.indexOf('\n', bytes, scanned, limit) : nextNewline;
            nextNewline = UNKNOWN;
            if (newline >= 0) {
                take(newline, newline + 1);
                return true;
            }
            int unfinished = limit - from;
            if (unfinished > longest) {
                skipRest();
                return true;
            }
            if (!fill()) {
                take(limit, limit);
                return to > from;
            }
            scanned = from + unfinished;
        }
    }

    private void take(int lineEnd, int nextLine) {
        if (isFirst) {
            isFirst = false;
            if (lineEnd - from >= 3
                    && bytes[from] == (byte) 0xEF
                    && bytes[from + 1] == (byte) 0xBB
                    && bytes[from + 2] == (byte) 0xBF) {
                from += 3; // the mark that says of a text that it is UTF-8
            }
        }
        to = lineEnd > from && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        next = nextLine;
    }

    /** Keeps the beginning of a line that is too long, and moves what follows it to behind that. */
    private void skipRest() throws IOException {
        cut = true;
        int kept = from + longest;
        to = kept;
        next = kept;
        int scanned = kept;
        while (true) {
            int newline = Words.indexOf('\n', bytes, scanned, limit);
            if (newline >= 0) {
                System.arraycopy(bytes, newline + 1, bytes, kept, limit - newline - 1);
                limit = kept + limit - newline - 1;
                return;
            }
            limit = kept;
            int read = in.read(bytes, limit, bytes.length - limit);
            if (read < 0) {
                return;
            }
            limit += read;
        }
    }

    /** Reads more, and moves the current line to the front if there is little room; false at the end. */
    private boolean fill() throws IOException {
        boolean mostlyRead = limit > bytes.length / 2 && from >= bytes.length / 4;
        if (mostlyRead || (limit == bytes.length && from > 0)) {
            System.arraycopy(bytes, from, bytes, 0, limit - from);
            limit -= from;
            from = 0;
        } else if (limit == bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length * 2L, longest + (long) FIRST_BYTES));
        }
        int read = in.read(bytes, limit, bytes.length - limit);
        limit += Math.max(0, read);
        return read >= 0;
    }

    /** True if the next line is not there yet, so that whoever asks for it may have to wait. */
    public boolean mayBlock() throws IOException {
        if (nextNewline == UNKNOWN) {
            nextNewline = Words.indexOf('\n', bytes, next, limit);
        }
        return nextNewline < 0 && in.available() == 0;
    }

    /** What the current line lies in. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the current line begins. */
    public int from() {
        return from;
    }

    /** Where it ends. */
    public int to() {
        return to;
    }

    /** How many bytes it has. */
    public int length() {
        return to - from;
    }

    /** True if it was longer than allowed, and is not whole. */
    public boolean isCut() {
        return cut;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
