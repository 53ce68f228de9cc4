package dev.sluice.engine.run;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.RejectedRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Rejected records on their way to the store, which gets them in portions: a file of a million bad lines must not fill
 * the memory (I6). One thread uses it.
 */
final class RejectBuffer {
    private static final int MOST_RECORDS = 1000;
    private static final long MOST_BYTES = 1 << 20;

    private final StreamId stream;
    private final RunScope scope;
    private final List<RejectedRecord> records = new ArrayList<>();
    private long bytes;

    RejectBuffer(StreamId stream, RunScope scope) {
        this.stream = stream;
        this.scope = scope;
    }

    void add(RejectedRecord record, long originalBytes) {
        records.add(record);
        bytes += originalBytes;
        if (records.size() >= MOST_RECORDS || bytes >= MOST_BYTES) {
            flush();
        }
    }

    /** Hands on what is left. A record that is handed on twice, after a crash, replaces itself by its place. */
    void flush() {
        if (!records.isEmpty()) {
            scope.store().saveRejects(scope.job(), stream, List.copyOf(records));
            records.clear();
            bytes = 0;
        }
    }
}
