package dev.sluice.duckdb;

import dev.sluice.spi.data.RecordBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a scan that are not used up. Threads take them slice by slice, so that several share one batch. Guarded by
 * the lock of its scan.
 */
final class BatchQueue {
    /** What may wait or be in use together; a larger batch comes alone (I6). */
    private static final long MAX_BYTES = 16L << 20;

    /** Some vectors: little enough that threads end together, enough that they seldom ask. */
    private static final int SLICE_ROWS = 16_384;

    private final Deque<Entry> waiting = new ArrayDeque<>();
    private long bytes;

    /** A batch on its way. */
    static final class Entry {
        private final RecordBatch batch;
        private int taken;
        private int done;

        private Entry(RecordBatch batch) {
            this.batch = batch;
        }

        /** True once nobody looks at the batch any more. */
        boolean isUsedUp() {
            return done == batch.rows();
        }
    }

    /**
     * Some rows of a batch, for one thread.
     *
     * @param entry the batch
     * @param from the first row
     * @param to the row behind the last one
     */
    record Slice(Entry entry, int from, int to) {
        RecordBatch batch() {
            return entry.batch;
        }
    }

    boolean hasRoomFor(RecordBatch batch) {
        return bytes == 0 || bytes + batch.bytes() <= MAX_BYTES;
    }

    /** True if the caller has to keep a batch in mind until it is used up, for it is larger than all others together. */
    static boolean isLarge(RecordBatch batch) {
        return batch.bytes() > MAX_BYTES;
    }

    Entry add(RecordBatch batch) {
        Entry entry = new Entry(batch);
        waiting.add(entry);
        bytes += batch.bytes();
        return entry;
    }

    /** The next rows; null if none wait. */
    @Nullable
    Slice take() {
        Entry entry = waiting.peek();
        if (entry == null) {
            return null;
        }
        int from = entry.taken;
        entry.taken = Math.min(from + SLICE_ROWS, entry.batch.rows());
        if (entry.taken == entry.batch.rows()) {
            waiting.remove();
        }
        return new Slice(entry, from, entry.taken);
    }

    /** Tells that nobody looks at a slice any more. */
    void release(Slice slice) {
        slice.entry.done += slice.to - slice.from;
        if (slice.entry.isUsedUp()) {
            bytes -= slice.batch().bytes();
        }
    }
}
