package dev.sluice.engine.run;

import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.map.Mapped;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The reader thread of a lane: takes splits, reads them, and hands rows and safe points to the writer. */
final class LaneReader implements Runnable, ReadContext {
    private final Source source;
    private final StreamRead read;
    private final UnfinishedRead unfinished;
    private final Supplier<@Nullable Split> splits;
    private final Handover handover;
    private final StreamProgress progress;
    private final RunScope scope;

    private final RejectBuffer rejects = new RejectBuffer(this::handRejects);
    private final RejectGuard guard;
    private final RowMapper mapper;
    private final MemoryBudget.LargeValues largeValues;

    private volatile @Nullable SplitReader open;
    private volatile boolean cancelled;
    private final Pulse pulse;

    private @Nullable Split current;
    private long rowsRejected;
    private long bytesSinceCheckpoint;
    private long lastCheckpointNanos = System.nanoTime();

    LaneReader(
            Source source,
            StreamRead read,
            UnfinishedRead unfinished,
            Supplier<@Nullable Split> splits,
            Handover handover,
            StreamProgress progress,
            RunScope scope) {
        this.source = source;
        this.read = read;
        this.unfinished = unfinished;
        this.splits = splits;
        this.handover = handover;
        this.progress = progress;
        this.scope = scope;
        guard = new RejectGuard(progress.plan().rejects(), progress);
        mapper = new RowMapper(progress.plan());
        largeValues = scope.budget().largeValues(scope.options().maxValueBytes());
        pulse = scope.watch().ofSource(this::giveUp);
    }

    @Override
    public void run() {
        try {
            boolean wanted = true;
            while (wanted && !scope.stop().isRequested()) {
                Split split = splits.get();
                if (split == null) {
                    break;
                }
                wanted = readSplit(split);
            }
            handover.put(new Handover.End());
        } catch (InterruptedException writerGaveUp) {
            Thread.currentThread().interrupt();
        } catch (Throwable failure) {
            tell(failure);
        } finally {
            scope.watch().forget(pulse);
            largeValues.drop();
        }
    }

    /** The source has sent nothing for too long: the writer hears of it at once, as the read may never end. */
    private void giveUp() {
        Problem death = pulse.death();
        if (death != null) {
            handover.fail(death);
            cancel();
        }
    }

    /**
     * Makes a blocked read end soon, because the writer takes nothing any more. May be called by any thread.
     */
    void cancel() {
        cancelled = true;
        SplitReader current = open;
        if (current != null) {
            current.cancel();
        }
    }

    /** Reads a split to its end, or to where the run shall stop; false if the writer takes nothing any more. */
    private boolean readSplit(Split split) throws InterruptedException {
        SplitProgress done = unfinished.progress().get(split.id());
        String after = done == null ? null : done.position();
        current = split;
        rowsRejected = 0;
        pulse.begin();
        try (SplitReader reader = source.open(read, unfinished.plan(), split, after, this)) {
            open = reader;
            if (cancelled) {
                return false;
            }
            Runnable unregister = scope.stop().onAbort(reader::cancel);
            try {
                return readAll(split, reader);
            } finally {
                unregister.run();
                open = null;
            }
        } finally {
            pulse.end();
        }
    }

    private boolean readAll(Split split, SplitReader reader) throws InterruptedException {
        long rows = 0;
        while (true) {
            pulse.begin();
            RecordBatch batch = reader.read();
            pulse.end();
            if (batch == null) {
                checkReported(split, reader.reportedRows(), rows + rowsRejected);
                rejects.flush();
                return handover.put(new Handover.SplitEnd(split, reader.end()));
            }
            SplitProgress done = unfinished.progress().get(split.id());
            RowPlace place = new RowPlace(split.id(), rows + (done == null ? 0 : done.rows()));
            rows += batch.rows();
            // A batch of which nothing is left goes on too: its rows count as filtered with the next commit.
            if (!hand(split, mapped(batch, place)) || !checkpointIfDue(split, reader)) {
                return false;
            }
            if (scope.stop().isRequested()) {
                return true;
            }
        }
    }

    private Mapped mapped(RecordBatch batch, RowPlace place) {
        progress.read(batch.rows(), batch.payloadBytes());
        bytesSinceCheckpoint += batch.bytes();
        Mapped mapped = mapper.apply(batch);
        progress.filtered(mapped.filtered());
        mapped.rejections().forEach(why -> keepBack(mapper.record(batch, why, place)));
        return mapped;
    }

    private boolean hand(Split split, Mapped mapped) throws InterruptedException {
        long bytes = mapped.batch().heldBytes();
        long leased = largeValues.settle(bytes); // I6
        boolean handed = false;
        try {
            handed = handover.put(new Handover.Rows(split, mapped, leased));
        } finally {
            if (!handed) {
                scope.budget().release(leased);
            }
        }
        return handed;
    }

    /** Hands over a safe point when one is due or the run shall stop, and the reader has one. */
    private boolean checkpointIfDue(Split split, SplitReader reader) throws InterruptedException {
        boolean due = bytesSinceCheckpoint >= scope.options().checkpointBytes()
                || System.nanoTime() - lastCheckpointNanos
                        >= scope.options().checkpointInterval().toNanos()
                || scope.stop().isRequested();
        String position = due ? reader.position() : null;
        if (position == null) {
            return true;
        }
        bytesSinceCheckpoint = 0;
        lastCheckpointNanos = System.nanoTime();
        rejects.flush();
        return handover.put(new Handover.Checkpoint(split, position));
    }

    /** I7: what the source says it sent must have arrived. */
    private static void checkReported(Split split, long reported, long rows) {
        if (reported != SplitReader.NOT_REPORTED && reported != rows) {
            throw Problem.of(
                            "E_SOURCE_COUNT",
                            ProblemKind.INTEGRITY,
                            "the source sent " + reported + " rows and " + rows + " arrived")
                    .at("split " + split.id())
                    .exception();
        }
    }

    private void tell(Throwable failure) {
        try {
            handover.put(new Handover.Failed(Failures.problem(failure, scope.stop()), failure));
        } catch (InterruptedException writerGaveUp) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public BatchSize batchSize() {
        return scope.batchSize();
    }

    @Override
    public boolean admitLargeValue(long bytes) {
        try {
            return largeValues.admit(bytes);
        } catch (InterruptedException writerGaveUp) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the run ended while a large value waited for memory");
        }
    }

    @Override
    public boolean annotates() {
        return guard.rules().policy() == RejectRules.Policy.ANNOTATE;
    }

    @Override
    public void expect(long rows) {
        progress.expectFromHere(rows);
    }

    @Override
    public void reject(RejectedRecord record) {
        rowsRejected++;
        progress.read(1, record.size());
        keepBack(mapper.withoutHidden(record));
    }

    /** A record that counts as read already. */
    private void keepBack(RejectedRecord record) {
        rejects.add(record);
        progress.rejected(1);
        ProblemException enough = guard.after(record);
        if (enough != null) {
            rejects.flush(); // so that somebody can look at it
            throw enough;
        }
    }

    private void handRejects(List<RejectedRecord> records) {
        try {
            handover.put(new Handover.Rejects(Objects.requireNonNull(current), records));
        } catch (InterruptedException writerGaveUp) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the run ended while rejected records waited to be kept");
        }
    }

    /** Turns a failure of any kind into a problem. */
    static final class Failures {
        private Failures() {}

        static Problem problem(Throwable failure, StopSignal stop) {
            if (stop.level() == StopSignal.Level.ABORT) {
                return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped");
            }
            return switch (failure) {
                case ProblemException known -> known.problem();
                case OutOfMemoryError memory ->
                    Problem.of("E_OUT_OF_MEMORY", ProblemKind.RESOURCE, "the process ran out of memory")
                            .because(memory.getMessage())
                            .fix("give it a larger heap (SLUICE_JAVA_OPTS=-Xmx1g) or use fewer lanes (--parallel)");
                default ->
                    Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "an unexpected error: " + failure)
                            .fix("run it again with -vv and report the stack trace");
            };
        }
    }
}
