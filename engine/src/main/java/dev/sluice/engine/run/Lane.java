package dev.sluice.engine.run;

import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.catalog.StreamId;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
    }

    /**
     * Writes until the reader is at its end.
     *
     * @param reader what reads for this lane into the handover
     */
    void run(LaneReader reader, Handover handover) throws InterruptedException {
        try (Writer writer = target.writer(this)) {
            Runnable unregister = scope.stop().onAbort(writer::cancel);
            Thread readerThread = EngineThreads.start("read " + stream, reader);
            try {
                writeAll(writer, handover);
            } finally {
                unregister.run();
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
                    try {
                        writer.write(rows.batch());
                    } finally {
                        scope.budget().release(rows.leased());
                    }
                    rowsInHand += rows.batch().rows();
                    rows.batch().changes().forEach(change -> progress.changed(change.field(), change.change()));
                    Cut.at("after-write");
                }
                case Handover.Checkpoint(Split split, String position) -> commit(writer, split, position);
                case Handover.SplitEnd(Split split) -> {
                    commit(writer, split, null);
                    splitsEnded++;
                }
                case Handover.End end -> {
                    return;
                }
                case Handover.Failed(Problem problem, Throwable cause) -> throw problem.exception(cause);
            }
        }
    }

    /** Commits what is in hand; a null position ends the split. */
    private void commit(Writer writer, Split split, @Nullable String position) {
        SplitProgress before = committed.getOrDefault(split.id(), new SplitProgress(null, false, 0));
        Cut.at("before-prepare");
        Marker marker = new Marker(
                split.id(), new SplitProgress(position, position == null, before.rows() + rowsInHand - rowsRefused));
        Committable prepared = writer.prepare(marker);
        checkBalance(split, before, prepared);
        rejects.flush();
        Cut.at("before-commit");
        target.commit(prepared); // I2: marker and data in one step
        Cut.at("after-commit");
        SplitProgress now = prepared.marker().progress();
        committed.put(split.id(), now);
        scope.store().saveProgress(stream, split.id(), now); // I3: the state follows the destination
        Cut.at("after-state");
        progress.committed(prepared.rows());
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
        progress.changed(field, change);
    }
}
