package dev.sluice.engine.run;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.state.ReadPart;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One lane of a stream: its calling thread writes what a reader thread of its own reads.
 *
 * <p>Each commit goes through the same steps: prepare, check the balance, keep the rejects, commit marker and data, save
 * the state. A crash between any two of them loses and doubles nothing.
 */
final class Lane implements WriteContext {
    private final StreamId stream;
    private final Target target;
    private final HandedOver handed;
    private final UnfinishedRead unfinished;
    private final StreamProgress progress;
    private final RunScope scope;
    private final ConcurrentMap<String, SplitProgress> committed = new ConcurrentHashMap<>();

    private final RejectBuffer rejects = new RejectBuffer(this::keep);
    private final RejectGuard guard;
    private final StrictGate gate;
    private final List<FieldPath> key;
    private final Pulse pulse;
    private final Map<Altered, Long> altered = new HashMap<>();
    private final Map<StreamProgress.Reason, Long> reasons = new HashMap<>();
    private final long generation;
    private volatile @Nullable Writer open;

    private @Nullable Split current;
    private @Nullable String alteredUnforeseen;
    private long rowsSeen;
    private long rowsInHand;
    private long rowsRefused;
    private long rejectedInHand;
    private long filteredInHand;
    private long removedInHand;
    private BitSet removals = new BitSet();
    private int splitsEnded;

    Lane(HandedOver handed, UnfinishedRead unfinished, long generation, StreamProgress progress, RunScope scope) {
        this.stream = progress.plan().stream();
        this.target = handed.target();
        this.handed = handed;
        this.unfinished = unfinished;
        this.generation = generation;
        this.progress = progress;
        this.scope = scope;
        committed.putAll(unfinished.progress());
        StreamPlan plan = progress.plan();
        guard = new RejectGuard(plan.rejects(), progress);
        key = plan.key();
        gate = new StrictGate(plan.rejects().strict(), key, this::keepBack);
        pulse = scope.watch().ofDestination(this::giveUp);
    }

    /**
     * Writes until the reader is at its end.
     *
     * @param reader what reads for this lane into the handover
     */
    void run(LaneReader reader, Handover handover) throws InterruptedException {
        try (Writer writer = target.writer(this)) {
            open = writer;
            Runnable unregister = scope.stop().onAbort(writer::cancel);
            Thread readerThread = EngineThreads.start("read " + stream, reader);
            try {
                writeAll(writer, handover);
            } finally {
                unregister.run();
                scope.watch().forget(pulse);
                open = null;
                for (Handover.Item left : handover.close()) {
                    if (left instanceof Handover.Rows rows) {
                        scope.budget().release(rows.leased());
                    }
                }
                reader.cancel(); // it may be blocked in a read that no interrupt reaches
                readerThread.interrupt();
                readerThread.join();
            }
        }
    }

    /** The splits that were committed to their end. */
    int splitsEnded() {
        return splitsEnded;
    }

    private void writeAll(Writer writer, Handover handover) throws InterruptedException {
        while (true) {
            switch (handover.take()) {
                case Handover.Rows rows -> {
                    write(writer, rows);
                    Cut.at("after-write");
                }
                case Handover.Rejects(Split split, List<RejectedRecord> records) -> {
                    enter(split);
                    records.forEach(this::add);
                }
                case Handover.Checkpoint(Split split, String position) -> commit(writer, split, position, false);
                case Handover.SplitEnd(Split split, String end) -> {
                    commit(writer, split, end, true);
                    splitsEnded++;
                }
                case Handover.End end -> {
                    return;
                }
                case Handover.Failed(Problem problem, Throwable cause) -> {
                    rejects.flush(); // what made it fail may be among them
                    throw problem.exception(cause);
                }
            }
        }
    }

    private void write(Writer writer, Handover.Rows rows) {
        enter(rows.split());
        RecordBatch batch = rows.batch();
        removals = rows.rows().removals();
        filteredInHand += rows.rows().filtered();
        removedInHand += removals.cardinality();
        try {
            RecordBatch passing = gate.isClosed() && batch.rows() > 0 ? passing(writer, rows) : batch;
            if (passing.rows() > 0) {
                rowsInHand += timed(() -> {
                    writer.write(passing);
                    return passing.rows();
                });
                passing.changes().forEach(change -> count(change.field(), change.change()));
            }
        } finally {
            scope.budget().release(rows.leased());
        }
        rowsSeen += batch.rows();
        requireForeseen();
    }

    /** The rows that arrive as they are. */
    private RecordBatch passing(Writer writer, Handover.Rows rows) {
        RecordBatch batch = rows.batch();
        List<ValueChange> misfits = timed(() -> writer.misfits(batch));
        RowPlace place = new RowPlace(rows.split().id(), rowsSeen);
        try {
            return gate.pass(batch, misfits, place);
        } catch (ProblemException refused) {
            rejects.flush(); // so that somebody can look at it
            throw refused;
        }
    }

    private void enter(Split split) {
        if (current == null || !current.id().equals(split.id())) {
            current = split;
            rowsSeen = committed
                    .getOrDefault(split.id(), new SplitProgress(null, false, 0))
                    .rows();
        }
    }

    private void requireForeseen() {
        if (alteredUnforeseen != null) {
            throw StrictGate.unforeseen(alteredUnforeseen);
        }
    }

    /** Does a step of the destination under the eyes of the watch. */
    private <T> T timed(Supplier<T> step) {
        pulse.begin();
        try {
            return step.get();
        } catch (RuntimeException failure) {
            Problem death = pulse.death();
            throw death == null ? failure : death.exception(failure);
        } finally {
            pulse.end();
        }
    }

    /** The destination has not finished a step for too long. */
    private void giveUp() {
        Writer writer = open;
        if (writer != null) {
            writer.cancel();
        }
    }

    /** Commits what is in hand, up to a place inside the split or up to its end. */
    private void commit(Writer writer, Split split, @Nullable String position, boolean finished) {
        long begun = System.nanoTime();
        SplitProgress before = committed.getOrDefault(split.id(), new SplitProgress(null, false, 0));
        Cut.at("before-prepare");
        Marker marker =
                new Marker(split.id(), new SplitProgress(position, finished, before.rows() + rowsInHand - rowsRefused));
        Committable prepared = timed(() -> writer.prepare(marker));
        requireForeseen();
        checkBalance(split, before, prepared);
        keepRejects(split, marker);
        Cut.at("before-commit");
        SplitProgress now = timed(() -> {
            target.commit(prepared); // I2: marker and data in one step
            return prepared.marker().progress();
        });
        Cut.at("after-commit");
        committed.put(split.id(), now);
        StreamProgress.Part part = new StreamProgress.Part(
                prepared.rows(), rejectedInHand, filteredInHand, removedInHand, prepared.unchanged());
        Map<Altered, Long> changes = Map.copyOf(altered);
        Map<StreamProgress.Reason, Long> refusals = Map.copyOf(reasons);
        handed.add(new HandedOver.Handed(prepared, part, () -> {
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            account(part, changes, refusals, new RunListener.Commit(split.id(), part.written(), took));
        }));
        altered.clear();
        reasons.clear();
        rowsInHand = 0;
        rowsRefused = 0;
        rejectedInHand = 0;
        filteredInHand = 0;
        removedInHand = 0;
    }

    /** Counts what is durable. */
    private void account(
            StreamProgress.Part part,
            Map<Altered, Long> changes,
            Map<StreamProgress.Reason, Long> refusals,
            RunListener.Commit commit) {
        progress.committed(part);
        changes.forEach((what, values) -> progress.changed(what.field, what.change, values));
        refusals.forEach(progress::rejectedFor);
        scope.listener().committed(progress, commit);
    }

    /** I7: what was handed to the writer is committed or rejected, by the destination's own count. */
    private void checkBalance(Split split, SplitProgress before, Committable prepared) {
        boolean balanced = prepared.rows() + prepared.rejected() == rowsInHand
                && prepared.rejected() == rowsRefused
                && prepared.marker().progress().rows() == before.rows() + prepared.rows();
        if (!balanced) {
            throw Problem.of(
                            "E_IMBALANCE",
                            ProblemKind.INTEGRITY,
                            rowsInHand + " rows were handed to the destination, which counted " + prepared.rows()
                                    + " written and " + prepared.rejected() + " rejected")
                    .at(stream + ", split " + split.id())
                    .because("nothing of this part was committed")
                    .exception();
        }
    }

    /** I7: what is rejected counts with the commit of its part, and not without. */
    private void keepRejects(Split split, Marker marker) {
        if (rejectedInHand > 0) {
            rejects.flush();
            scope.store().markRejects(part(split), marker.progress());
        }
    }

    private void keep(List<RejectedRecord> records) {
        scope.store().saveRejects(scope.job(), part(Objects.requireNonNull(current)), records);
    }

    private ReadPart part(Split split) {
        return new ReadPart(stream, unfinished.syncId(), generation, split.id());
    }

    /** Keeps a record that is counted already. */
    private void add(RejectedRecord record) {
        rejects.add(record);
        rejectedInHand++;
        reasons.merge(new StreamProgress.Reason(record.code(), record.field()), 1L, Long::sum);
    }

    /** A row of the batch in hand that is not handed to the writer. */
    private void keepBack(RejectedRecord record, int row) {
        if (removals.get(row)) {
            // It counts as rejected and not as filtered, for it has to count once (I7).
            filteredInHand--;
            removedInHand--;
            progress.filtered(-1);
        }
        keepBack(record);
    }

    /** A row that was read and is not written. */
    private void keepBack(RejectedRecord record) {
        add(record);
        progress.rejected(1);
        ProblemException enough = guard.after(record);
        if (enough != null) {
            throw enough;
        }
    }

    @Override
    public void reject(RejectedRecord record) {
        rowsRefused++;
        try {
            keepBack(record);
        } catch (ProblemException enough) {
            rejects.flush();
            throw enough;
        }
    }

    @Override
    public void reject(RecordBatch batch, int row, String code, String reason, @Nullable String field) {
        String place = new RowPlace(Objects.requireNonNull(current).id(), rowsSeen).of(key, batch, row);
        reject(RowMapper.refused(batch, row, place, code, reason).inField(field));
    }

    @Override
    public void changed(String field, ValueChange.Change change, ValueChange.Reason reason) {
        count(field, change);
        if (gate.isClosed()) {
            alteredUnforeseen = field;
        }
    }

    private void count(String field, ValueChange.Change change) {
        altered.merge(new Altered(field, change), 1L, Long::sum);
    }

    /** What was done to values of a field since the last commit. */
    private record Altered(String field, ValueChange.Change change) {}
}
