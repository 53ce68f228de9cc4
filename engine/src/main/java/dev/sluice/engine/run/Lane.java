package dev.sluice.engine.run;

import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.destination.Target;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Cut;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import java.util.HashMap;
import java.util.Map;
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
    private final StreamProgress progress;
    private final RunScope scope;
    private final ConcurrentMap<String, SplitProgress> committed = new ConcurrentHashMap<>();

    private final RejectBuffer rejects;
    private final Pulse pulse;
    private final Map<Altered, Long> altered = new HashMap<>();
    private volatile @Nullable Writer open;

    private long rowsInHand;
    private long rowsRefused;
    private int splitsEnded;

    Lane(StreamId stream, Target target, UnfinishedRead unfinished, StreamProgress progress, RunScope scope) {
        this.stream = stream;
        this.target = target;
        this.progress = progress;
        this.scope = scope;
        committed.putAll(unfinished.progress());
        rejects = new RejectBuffer(stream, scope);
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
                case Handover.Checkpoint(Split split, String position, long rejected) ->
                    commit(writer, split, position, rejected);
                case Handover.SplitEnd(Split split, long rejected) -> {
                    commit(writer, split, null, rejected);
                    splitsEnded++;
                }
                case Handover.End end -> {
                    return;
                }
                case Handover.Failed(Problem problem, Throwable cause) -> throw problem.exception(cause);
            }
        }
    }

    private void write(Writer writer, Handover.Rows rows) {
        RecordBatch batch = rows.batch();
        try {
            rowsInHand += timed(() -> {
                writer.write(batch);
                return batch.rows();
            });
        } finally {
            scope.budget().release(rows.leased());
        }
        batch.changes().forEach(change -> changed(change.field(), change.change(), change.reason()));
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

    /** Commits what is in hand; a null position ends the split. */
    private void commit(Writer writer, Split split, @Nullable String position, long rejectedBySource) {
        SplitProgress before = committed.getOrDefault(split.id(), new SplitProgress(null, false, 0));
        Cut.at("before-prepare");
        Marker marker = new Marker(
                split.id(), new SplitProgress(position, position == null, before.rows() + rowsInHand - rowsRefused));
        Committable prepared = timed(() -> writer.prepare(marker));
        checkBalance(split, before, prepared);
        rejects.flush();
        Cut.at("before-commit");
        SplitProgress now = timed(() -> {
            target.commit(prepared); // I2: marker and data in one step
            return prepared.marker().progress();
        });
        Cut.at("after-commit");
        committed.put(split.id(), now);
        scope.store().saveProgress(stream, split.id(), now); // I3: the state follows the destination
        Cut.at("after-state");
        progress.committed(prepared.rows(), rejectedBySource + rowsRefused);
        altered.forEach((what, values) -> progress.changed(what.field, what.change, values));
        altered.clear();
        rowsInHand = 0;
        rowsRefused = 0;
        scope.listener().committed(progress);
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

    @Override
    public void reject(RejectedRecord record) {
        rejects.add(record, record.original().length);
        rowsRefused++;
        progress.rejected(1);
    }

    @Override
    public void changed(String field, ValueChange.Change change, ValueChange.Reason reason) {
        altered.merge(new Altered(field, change), 1L, Long::sum);
    }

    /** What was done to values of a field since the last commit. */
    private record Altered(String field, ValueChange.Change change) {}
}
