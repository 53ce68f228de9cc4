package dev.sluice.connector.file.bytes;

import dev.sluice.cdk.text.ByteSink;
import java.io.IOException;

/** A document as lines of text that are made one record after the other, as they are read. One thread uses it. */
public abstract class RecordLines extends BlockInput {
    private final ByteSink lines = new ByteSink(8 << 10);
    private int at;
    private boolean ended;

    /** For those who extend it. */
    protected RecordLines() {}

    /**
     * Writes the lines of the next record, or none if it has none.
     *
     * @return false if there was no further record
     */
    protected abstract boolean next(ByteSink target) throws IOException;

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (at == lines.size()) {
            if (ended) {
                return -1;
            }
            lines.clear();
            at = 0;
            ended = !next(lines);
        }
        int count = Math.min(length, lines.size() - at);
        System.arraycopy(lines.bytes(), at, target, offset, count);
        at += count;
        return count;
    }
}
