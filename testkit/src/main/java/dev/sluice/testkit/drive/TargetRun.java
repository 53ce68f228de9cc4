package dev.sluice.testkit.drive;

import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.testkit.host.TestWriteContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a target that a test carries out: it writes, commits with markers, keeps the balance (I7), and publishes.
 * For one thread.
 */
public final class TargetRun implements AutoCloseable {
    private final Target target;
    private final Map<String, Long> rowsOfSplits = new HashMap<>();
    private final List<RejectedRecord> rejects = new ArrayList<>();
    private final List<TestWriteContext.Changed> changes = new ArrayList<>();
    private long before;

    private TargetRun(Target target) {
        this.target = target;
    }

    /** Opens a target for a run that begins. */
    public static TargetRun open(Destination destination, TargetSpec spec) {
        return new TargetRun(destination.open(spec));
    }

    /**
     * Opens a target for a run that goes on.
     *
     * @param progress what the ledger says of the splits of the run
     */
    public static TargetRun goOn(Destination destination, TargetSpec spec, Map<String, SplitProgress> progress) {
        TargetRun run = open(destination, spec);
        progress.forEach((split, done) -> run.rowsOfSplits.put(split, done.rows()));
        run.before = progress.values().stream().mapToLong(SplitProgress::rows).sum();
        return run;
    }

    /** The target itself, for what this class does not do. */
    public Target target() {
        return target;
    }

    /** Writes batches with a writer of their own and commits them as a whole split. */
    public TargetRun split(String split, RecordBatch... batches) {
        return commit(split, null, batches);
    }

    /**
     * Writes batches with a writer of their own and commits them with a marker.
     *
     * @param split the split that they belong to
     * @param position where the split goes on; null if this is its end
     */
    public TargetRun commit(String split, @Nullable String position, RecordBatch... batches) {
        TestWriteContext context = new TestWriteContext();
        try (Writer writer = target.writer(context)) {
            commit(writer, context, split, position, batches);
        }
        rejects.addAll(context.rejects());
        changes.addAll(context.changes());
        return this;
    }

    /** Writes batches with a writer that the caller holds, and commits them with a marker. */
    public Committable commit(
            Writer writer, TestWriteContext context, String split, @Nullable String position, RecordBatch... batches) {
        Committable prepared = prepare(writer, context, split, position, batches);
        target.commit(prepared);
        rowsOfSplits.put(split, prepared.marker().progress().rows());
        return prepared;
    }

    /**
     * Writes batches and prepares them, without the commit.
     *
     * @throws AssertionError if the destination's count of rows and rejects is not what was handed over, or if it alters
     *     other values than it said beforehand
     */
    public Committable prepare(
            Writer writer, TestWriteContext context, String split, @Nullable String position, RecordBatch... batches) {
        long handed = 0;
        long rejectedBefore = context.rejects().size();
        int changesBefore = context.changes().size();
        List<TestWriteContext.Changed> foreseen = new ArrayList<>();
        for (RecordBatch batch : batches) {
            writer.misfits(batch)
                    .forEach(change -> foreseen.add(
                            new TestWriteContext.Changed(change.field(), change.change(), change.reason())));
            writer.write(batch);
            handed += batch.rows();
        }
        long rejectedWhileWriting = context.rejects().size() - rejectedBefore;
        long rows = rowsOfSplits.getOrDefault(split, 0L) + handed - rejectedWhileWriting;
        Committable prepared = writer.prepare(new Marker(split, new SplitProgress(position, position == null, rows)));
        long rejected = context.rejects().size() - rejectedBefore;
        checkBalance(split, handed, rejected, prepared);
        List<TestWriteContext.Changed> changed = new ArrayList<>(
                context.changes().subList(changesBefore, context.changes().size()));
        checkForeseen(foreseen, changed);
        return prepared;
    }

    /** A writer says beforehand which values it will alter, and alters no others. */
    private static void checkForeseen(List<TestWriteContext.Changed> foreseen, List<TestWriteContext.Changed> changed) {
        Comparator<TestWriteContext.Changed> order = Comparator.comparing(TestWriteContext.Changed::toString);
        foreseen.sort(order);
        changed.sort(order);
        if (!foreseen.equals(changed)) {
            throw new AssertionError("the writer foresaw the changes " + foreseen + " and reported " + changed);
        }
    }

    /** I7: what was handed over is written or rejected, by the destination's own count. */
    private void checkBalance(String split, long handed, long rejected, Committable prepared) {
        long total = rowsOfSplits.getOrDefault(split, 0L) + prepared.rows();
        if (prepared.rows() + prepared.rejected() != handed
                || prepared.rejected() != rejected
                || prepared.marker().progress().rows() != total
                || !prepared.marker().splitId().equals(split)) {
            throw new AssertionError("imbalance: " + handed + " rows were handed over and " + rejected
                    + " reported as rejected, but the destination prepared " + prepared);
        }
    }

    /** The rows of this generation's read that are committed, over all attempts. */
    public long committedRows() {
        return rowsOfSplits.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The rows that earlier attempts had committed. */
    public long rowsBefore() {
        return before;
    }

    /** Publishes what was committed. */
    public TargetRun publish(@Nullable Position end) {
        target.publish(committedRows(), end);
        return this;
    }

    /** The records that the destination rejected. */
    public List<RejectedRecord> rejects() {
        return List.copyOf(rejects);
    }

    /** The values that the destination reported as altered. */
    public List<TestWriteContext.Changed> changes() {
        return List.copyOf(changes);
    }

    /** Closes the target. */
    @Override
    public void close() {
        target.close();
    }
}
