package dev.sluice.engine.run;

import dev.sluice.spi.runtime.RejectedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rejected records on their way, which go on in portions: a file of a million bad lines must not fill the memory (I6).
 * One thread uses it.
 */
final class RejectBuffer {
    /** How much of a record is kept. */
    static final int MOST_OF_ONE = 64 << 10;

    private static final int MOST_RECORDS = 1000;
    private static final long MOST_BYTES = 1 << 20;

    private final Consumer<List<RejectedRecord>> next;
    private final List<RejectedRecord> records = new ArrayList<>();
    private long bytes;

    /**
     * Makes an empty buffer.
     *
     * @param next takes the portions
     */
    RejectBuffer(Consumer<List<RejectedRecord>> next) {
        this.next = next;
    }

    void add(RejectedRecord record) {
        RejectedRecord kept = record.cutTo(MOST_OF_ONE);
        records.add(kept);
        byte[] mapped = kept.mapped();
        bytes += Math.min(kept.size(), MOST_OF_ONE) + (mapped == null ? 0 : mapped.length);
        if (records.size() >= MOST_RECORDS || bytes >= MOST_BYTES) {
            flush();
        }
    }

    /** Hands on what is left. */
    void flush() {
        if (!records.isEmpty()) {
            List<RejectedRecord> portion = List.copyOf(records);
            records.clear();
            bytes = 0;
            next.accept(portion);
        }
    }
}
