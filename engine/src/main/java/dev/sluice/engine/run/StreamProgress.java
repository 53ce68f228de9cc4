package dev.sluice.engine.run;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.problem.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The running account of one stream in one run. The lanes add to it, and whoever shows progress reads it at any time.
 *
 * <p>Where a stream needs several attempts, a row counts once: what an attempt committed counts as long as the next one
 * goes on from there, and what it read and did not commit comes again.
 *
 * <p>I7: at the end read = filtered + rejected + committed, which {@link #isBalanced} tells.
 */
public final class StreamProgress {
    private final StreamPlan plan;
    private final LongAdder rowsRead = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder rowsRejected = new LongAdder();
    private final LongAdder rowsCommitted = new LongAdder();
    private final LongAdder rejectsCommitted = new LongAdder();
    private final LongAdder rowsFiltered = new LongAdder();
    private final LongAdder filteredCommitted = new LongAdder();
    private final LongAdder rowsRemoved = new LongAdder();
    private final LongAdder rowsUnchanged = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final AtomicReference<Carried> carried = new AtomicReference<>(Carried.NOTHING);
    private final AtomicLong rowsBefore = new AtomicLong();
    private final AtomicLong rejectsBefore = new AtomicLong();
    private final AtomicLong rowsExpected = new AtomicLong(-1);
    private final Map<String, LongAdder> changes = new ConcurrentHashMap<>();
    private final Map<Reason, LongAdder> reasons = new ConcurrentHashMap<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private volatile StreamStatus status = StreamStatus.PENDING;
    private volatile long startedNanos;
    private volatile long endedNanos;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable Problem lastFailure;
    private volatile @Nullable Problem problem;
    private volatile @Nullable Throwable failure;

    /**
     * Why records were rejected.
     *
     * @param code the reason in a stable word
     * @param field the field whose value is the reason; null if it is the record as a whole
     */
    public record Reason(String code, @Nullable String field) {
        /** The reason for people, such as {@code VALUE_DOES_NOT_FIT in price}. */
        public String words() {
            return field == null ? code : code + " in " + field;
        }
    }

    /** What earlier attempts of this run committed and the one under way does not do again. */
    private record Carried(long rows, long rejected, long filtered, long removed, long unchanged) {
        private static final Carried NOTHING = new Carried(0, 0, 0, 0, 0);
    }

    /**
     * What a commit covers.
     *
     * @param written the rows that the destination took, by its own count
     * @param rejected the records that source, mappers or destination rejected
     * @param filtered the rows that did not pass a filter
     * @param removed how many of those are among the written ones, as deletes
     * @param unchanged how many of the written ones were there just so before
     */
    record Part(long written, long rejected, long filtered, long removed, long unchanged) {}

    StreamProgress(StreamPlan plan) {
        this.plan = plan;
    }

    /** What is done with the stream. */
    public StreamPlan plan() {
        return plan;
    }

    /** How it stands. */
    public StreamStatus status() {
        return status;
    }

    /** The rows that came from the source in this run, filtered and rejected ones included. */
    public long rowsRead() {
        Carried before = carried.get();
        return before.rows + before.rejected + before.filtered + rowsRead.sum();
    }

    /** The bytes of the values that were read in this run, as they are held in columns. */
    public long bytesRead() {
        return bytesRead.sum();
    }

    /** The records that source or destination refused in this run. */
    public long rowsRejected() {
        return carried.get().rejected + rowsRejected.sum();
    }

    /** The rows that the destination committed in this run, by its own count. */
    public long rowsCommitted() {
        return carried.get().rows + rowsCommitted.sum();
    }

    /** How many of the committed rows the destination had already just so, as far as it looks; they are among {@link #rowsCommitted}. */
    public long rowsUnchanged() {
        return carried.get().unchanged + rowsUnchanged.sum();
    }

    /** The rows that did not pass a filter of the stream in this run. */
    public long rowsFiltered() {
        return carried.get().filtered + rowsFiltered.sum();
    }

    /**
     * The rows that the destination was given for this read in this run and earlier ones, by its own count: with the
     * deletes of rows that did not pass a filter.
     */
    long rowsWritten() {
        return rowsBefore.get() + rowsCommitted() + carried.get().removed + rowsRemoved.sum();
    }

    /** The rows that an interrupted run had committed before and that did not have to be read again. */
    public long rowsBefore() {
        return rowsBefore.get();
    }

    /** The records that an interrupted run had rejected before in what does not have to be read again. */
    public long rejectsBefore() {
        return rejectsBefore.get();
    }

    /** The rows that are expected in all, or -1 if nobody knows. */
    public long rowsExpected() {
        return rowsExpected.get();
    }

    /** How many values were altered, by field and kind of change, such as {@code "price nulled"}. */
    public Map<String, Long> changes() {
        Map<String, Long> sums = new TreeMap<>();
        changes.forEach((key, count) -> sums.put(key, count.sum()));
        return sums;
    }

    /** How many records were rejected in this run and for which reasons, as far as their parts are committed. */
    public Map<Reason, Long> rejectReasons() {
        Map<Reason, Long> sums = new TreeMap<>(Comparator.comparing(Reason::words));
        reasons.forEach((reason, count) -> sums.put(reason, count.sum()));
        return sums;
    }

    /** What a person should know, a sentence each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** How many attempts of this run have failed, and were or will be followed by another one. */
    public int failures() {
        return failures.get();
    }

    /** Why the last of those attempts failed; null if none did. */
    public @Nullable Problem lastFailure() {
        return lastFailure;
    }

    /** Why it failed; null if it did not. */
    public @Nullable Problem problem() {
        return problem;
    }

    /** The exception behind {@link #problem}, for those who want the stack trace; null if it did not fail. */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** The time from its first step to its end or to now, in nanoseconds. */
    public long nanos() {
        if (startedNanos == 0) {
            return 0;
        }
        return (endedNanos == 0 ? System.nanoTime() : endedNanos) - startedNanos;
    }

    /** True if every row that was read is committed, filtered or rejected. */
    public boolean isBalanced() {
        return isBalanced(0);
    }

    /** The same while so many rows are on their way. */
    boolean isBalanced(long underway) {
        return rowsRead() == rowsFiltered() + rowsRejected() + rowsCommitted() + underway;
    }

    void enter(StreamStatus next) {
        if (startedNanos == 0) {
            startedNanos = System.nanoTime();
        }
        if (next.isEnd()) {
            endedNanos = System.nanoTime();
        }
        status = next;
    }

    void fail(Problem why, Throwable cause) {
        problem = why;
        failure = cause;
        enter(StreamStatus.FAILED);
    }

    /** Ends an attempt that will be followed by another one. No lane is under way. */
    void breakOff(Problem why) {
        Carried before = carried.get();
        Carried after = new Carried(
                before.rows + rowsCommitted.sum(),
                before.rejected + rejectsCommitted.sum(),
                before.filtered + filteredCommitted.sum(),
                before.removed + rowsRemoved.sum(),
                before.unchanged + rowsUnchanged.sum());
        for (LongAdder each : List.of(
                rowsRead,
                rowsRejected,
                rowsFiltered,
                rowsCommitted,
                rejectsCommitted,
                filteredCommitted,
                rowsRemoved,
                rowsUnchanged,
                commits)) {
            each.reset();
        }
        carried.set(after);
        failures.incrementAndGet();
        lastFailure = why;
        enter(StreamStatus.WAITING);
    }

    /** True if the attempt under way has committed something that the next one need not do again. */
    boolean hasCommitted() {
        return commits.sum() > 0;
    }

    /** What was committed before is discarded: the read begins anew. */
    void startedOver() {
        carried.set(Carried.NOTHING);
        rowsBefore.set(0);
        rejectsBefore.set(0);
        changes.clear();
        reasons.clear();
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    void expect(long rows) {
        rowsExpected.set(rows);
    }

    /** As many rows come behind those that an earlier attempt committed. */
    void expectFromHere(long rows) {
        rowsExpected.set(rowsBefore.get() + rows);
    }

    /** The read goes on after rows that are committed and records that are kept, in this run or in earlier ones. */
    void resumedAfter(long rows, long rejected) {
        rowsBefore.set(rows - carried.get().rows - carried.get().removed);
        rejectsBefore.set(rejected - carried.get().rejected);
    }

    void read(long rows, long bytes) {
        rowsRead.add(rows);
        bytesRead.add(bytes);
    }

    void rejected(long rows) {
        rowsRejected.add(rows);
    }

    void filtered(long rows) {
        rowsFiltered.add(rows);
    }

    void committed(Part part) {
        commits.increment();
        rowsCommitted.add(part.written - part.removed);
        rejectsCommitted.add(part.rejected);
        filteredCommitted.add(part.filtered);
        rowsRemoved.add(part.removed);
        rowsUnchanged.add(part.unchanged);
    }

    void rejectedFor(Reason reason, long records) {
        reasons.computeIfAbsent(reason, ignored -> new LongAdder()).add(records);
    }

    void changed(String field, ValueChange.Change change, long values) {
        changes.computeIfAbsent(words(field, change), ignored -> new LongAdder())
                .add(values);
    }

    /** What was done to a field, such as {@code "price nulled"}. */
    static String words(String field, ValueChange.Change change) {
        return field + (change == ValueChange.Change.NULLED ? " nulled" : " truncated");
    }
}
