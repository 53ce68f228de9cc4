package dev.sluice.testkit.drive;

import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Ledger;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.host.TestReadContext;
import dev.sluice.testkit.host.TestWriteContext;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies one stream in one thread without the engine: plan, open, read, write, prepare, commit, publish, in the order
 * that keeps rows safe, with a commit after each batch where the source has a safe point.
 *
 * <p>A test stops it at any {@link Step} by a hook that throws, or has the process killed there through {@link Cut}
 * under the engine's names of the cut points; a driver that is made with the saved state goes on. What was in hand when
 * it stopped is left as it stands, as a crash leaves it.
 */
public final class CopyDriver {
    private final Source source;
    private final Destination destination;
    private final StreamRead read;
    private final TargetSpec spec;
    private final List<Row> rows = new ArrayList<>();
    private final List<RejectedRecord> rejects = new ArrayList<>();
    private final TestWriteContext writeContext = new TestWriteContext();
    private Consumer<Step> hook = step -> {};
    private Consumer<CopyState> saver = state -> {};
    private BatchSize batchSize = StreamReading.SMALL_BATCHES;
    private CopyState current;
    private int rejectsCommitted;

    /** The points of a copy, in the order in which they are reached. */
    public enum Step {
        /** The plan is saved, the target is not open. */
        AFTER_PLAN,
        /** The target is open. */
        AFTER_OPEN,
        /** A batch was written. */
        AFTER_WRITE,
        /** A commit is about to be prepared. */
        BEFORE_PREPARE,
        /** A commit is prepared. */
        BEFORE_COMMIT,
        /** A commit is done, and the state does not know it. */
        AFTER_COMMIT,
        /** The state knows of the commit. */
        AFTER_STATE,
        /** Everything is committed. */
        BEFORE_PUBLISH,
        /** The target is published, and the state does not know it. */
        AFTER_PUBLISH,
        /** The state knows that the target is published, the source does not. */
        AFTER_FINAL_STATE;

        /** The name of the cut point that kills the process here, such as {@code after-commit}. */
        public String cut() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Prepares a copy.
     *
     * @param source where to read
     * @param destination where to write
     * @param read what to read
     * @param spec what to write; its generation is settled here
     * @param state what earlier runs left
     */
    public CopyDriver(Source source, Destination destination, StreamRead read, TargetSpec spec, CopyState state) {
        this.source = source;
        this.destination = destination;
        this.read = read;
        this.spec = spec;
        this.current = state;
    }

    /** Calls this at each step; what it throws ends the run there. */
    public CopyDriver hook(Consumer<Step> other) {
        hook = other;
        return this;
    }

    /** Hands each new state to this, which makes it durable. */
    public CopyDriver saver(Consumer<CopyState> other) {
        saver = other;
        return this;
    }

    /** Reads in batches of this size. */
    public CopyDriver batchSize(BatchSize other) {
        batchSize = other;
        return this;
    }

    /** What the driver would remember if it stopped now. */
    public CopyState state() {
        return current;
    }

    /** The rows that were read in this run. */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** The records that source and destination rejected in this run. */
    public List<RejectedRecord> rejects() {
        List<RejectedRecord> all = new ArrayList<>(rejects);
        all.addAll(writeContext.rejects());
        return all;
    }

    /** The values that the destination altered in this run. */
    public List<TestWriteContext.Changed> changes() {
        return writeContext.changes();
    }

    /** Carries out one run: goes on with an unfinished read, or begins the next one. */
    public void run() {
        CopyState.Unfinished unfinished = current.unfinished();
        if (unfinished == null) {
            begin(read.mode() == SyncMode.FULL_REFRESH ? null : current.position(), current.lastSyncId() + 1);
            return;
        }
        Optional<Ledger> ledger = destination.ledger(spec);
        if (ledger.isPresent() && ledger.get().syncId() == unfinished.syncId()) {
            if (ledger.get().published()) {
                save(current.published(
                        current.generation(), unfinished.syncId(), ledger.get().position()));
                return;
            }
            unfinished = unfinished.with(ledger.get().splits());
        }
        resume(unfinished);
    }

    private void begin(@Nullable Position from, long syncId) {
        ReadStart start = from == null ? new ReadStart.Beginning() : new ReadStart.After(from);
        long generation = current.generation() + (read.mode() == SyncMode.FULL_REFRESH ? 1 : 0);
        try (PlannedRead planned = planned(start)) {
            CopyState.Unfinished unfinished = new CopyState.Unfinished(syncId, from, planned.plan(), Map.of());
            copy(generation, unfinished, false);
        }
    }

    private void resume(CopyState.Unfinished unfinished) {
        ReadStart start = new ReadStart.Resume(unfinished.plan(), unfinished.from(), unfinished.progress());
        switch (source.plan(read, start)) {
            case PlanResult.Planned(PlannedRead planned) -> {
                try (planned) {
                    copy(
                            current.generation(),
                            new CopyState.Unfinished(
                                    unfinished.syncId(), unfinished.from(), planned.plan(), unfinished.progress()),
                            false);
                }
            }
            case PlanResult.CannotResume ignored -> {
                Position from = unfinished.from();
                ReadStart anew = from == null ? new ReadStart.Beginning() : new ReadStart.After(from);
                try (PlannedRead planned = planned(anew)) {
                    copy(
                            current.generation(),
                            new CopyState.Unfinished(unfinished.syncId(), from, planned.plan(), Map.of()),
                            true);
                }
            }
        }
    }

    private PlannedRead planned(ReadStart start) {
        return switch (source.plan(read, start)) {
            case PlanResult.Planned(PlannedRead planned) -> planned;
            case PlanResult.CannotResume(String why) ->
                throw new AssertionError("CannotResume answers to a resumed read only: " + why);
        };
    }

    private void copy(long generation, CopyState.Unfinished unfinished, boolean discardFirst) {
        long minimum = spec.mode().mode().overwrites() ? generation : 0;
        TargetSpec settled = spec.withGeneration(new Generation(generation, minimum, unfinished.syncId()));
        if (discardFirst) {
            try (Target target = destination.open(settled)) {
                target.discard();
            }
        }
        save(current.reading(generation, unfinished));
        reach(Step.AFTER_PLAN);
        Target target = destination.open(settled);
        reach(Step.AFTER_OPEN);
        for (Split split : unfinished.plan().splits()) {
            SplitProgress done = progress().get(split.id());
            if (done == null || !done.finished()) {
                copySplit(target, split, done);
            }
        }
        reach(Step.BEFORE_PUBLISH);
        Position end = source.end(read, unfinished.plan(), progress());
        target.publish(
                progress().values().stream().mapToLong(SplitProgress::rows).sum(), end);
        reach(Step.AFTER_PUBLISH);
        save(current.published(generation, unfinished.syncId(), end));
        reach(Step.AFTER_FINAL_STATE);
        target.close();
        if (end != null) {
            source.committed(read.stream().id(), end);
        }
    }

    private Map<String, SplitProgress> progress() {
        return Objects.requireNonNull(current.unfinished()).progress();
    }

    private void copySplit(Target target, Split split, @Nullable SplitProgress done) {
        TestReadContext context = new TestReadContext(batchSize);
        long committed = done == null ? 0 : done.rows();
        long inHand = 0;
        Writer writer = target.writer(writeContext);
        SplitReader reader = source.open(read, plan(), split, done == null ? null : done.position(), context);
        while (true) {
            RecordBatch batch = reader.read();
            String position = batch == null ? null : reader.position();
            if (batch != null) {
                rows.addAll(Rows.of(batch));
                writer.write(batch);
                inHand += batch.rows();
                reach(Step.AFTER_WRITE);
            }
            if (batch == null || position != null) {
                SplitProgress reached = batch == null
                        ? new SplitProgress(reader.end(), true, committed)
                        : new SplitProgress(position, false, committed);
                committed = commit(target, writer, split, reached, inHand);
                inHand = 0;
            }
            if (batch == null) {
                break;
            }
        }
        rejects.addAll(context.rejects());
        reader.close();
        writer.close();
    }

    private ReadPlan plan() {
        return Objects.requireNonNull(current.unfinished()).plan();
    }

    /** Commits what is in hand; the progress is where the split will stand, with the rows that it had before. */
    private long commit(Target target, Writer writer, Split split, SplitProgress reached, long inHand) {
        reach(Step.BEFORE_PREPARE);
        long rows = reached.rows() + inHand - (writeContext.rejects().size() - rejectsCommitted);
        Marker marker = new Marker(split.id(), new SplitProgress(reached.position(), reached.finished(), rows));
        Committable prepared = writer.prepare(marker);
        int rejected = writeContext.rejects().size() - rejectsCommitted;
        if (prepared.rows() + prepared.rejected() != inHand || prepared.rejected() != rejected) {
            throw new AssertionError("imbalance: " + inHand + " rows were handed over and " + rejected
                    + " reported as rejected, but the destination prepared " + prepared);
        }
        rejectsCommitted += rejected;
        reach(Step.BEFORE_COMMIT);
        target.commit(prepared);
        reach(Step.AFTER_COMMIT);
        SplitProgress now = prepared.marker().progress();
        CopyState.Unfinished unfinished = Objects.requireNonNull(current.unfinished());
        save(current.reading(current.generation(), unfinished.with(split.id(), now)));
        reach(Step.AFTER_STATE);
        return now.rows();
    }

    private void save(CopyState state) {
        current = state;
        saver.accept(state);
    }

    private void reach(Step step) {
        Cut.at(step.cut());
        hook.accept(step);
    }
}
