package dev.sluice.engine.run;

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
import java.util.ArrayList;
import java.util.List;
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

    private List<RejectedRecord> rejects = new ArrayList<>();
    private long leasedForLargeValues;
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
            scope.budget().release(leasedForLargeValues);
        }
    }

    /** Reads a split to its end, or to where the run shall stop; false if the writer takes nothing any more. */
    private boolean readSplit(Split split) throws InterruptedException {
        SplitProgress done = unfinished.progress().get(split.id());
        String after = done == null ? null : done.position();
        long rows = 0;
        try (SplitReader reader = source.open(read, unfinished.plan(), split, after, this)) {
            Runnable unregister = scope.stop().onAbort(reader::cancel);
            try {
                while (true) {
                    long rejectedBefore = rejects.size();
                    RecordBatch batch = reader.read();
                    rows += rejects.size() - rejectedBefore;
                    if (batch == null) {
                        checkReported(split, reader.reportedRows(), rows);
                        return handover.put(new Handover.SplitEnd(split, takeRejects()));
                    }
                    rows += batch.rows();
                    if (!hand(batch) || !checkpointIfDue(split, reader)) {
                        return false;
                    }
                    if (scope.stop().isRequested()) {
                        return true;
                    }
                }
            } finally {
                unregister.run();
            }
        }
    }

    private boolean hand(RecordBatch batch) throws InterruptedException {
        long bytes = batch.bytes();
        progress.read(batch.rows(), bytes);
        // I6: what a large value already took counts toward its batch.
        long missing = Math.max(0, bytes - leasedForLargeValues);
        scope.budget().acquire(missing);
        long leased = missing + leasedForLargeValues;
        leasedForLargeValues = 0;
        bytesSinceCheckpoint += bytes;
        if (handover.put(new Handover.Rows(batch, leased))) {
            return true;
        }
        scope.budget().release(leased);
        return false;
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
        return handover.put(new Handover.Checkpoint(split, position, takeRejects()));
    }

    private List<RejectedRecord> takeRejects() {
        List<RejectedRecord> taken = rejects;
        rejects = new ArrayList<>();
        return taken;
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
        if (bytes > scope.options().maxValueBytes()) {
            return false;
        }
        try {
            scope.budget().acquire(bytes);
        } catch (InterruptedException writerGaveUp) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the run ended while a large value waited for memory");
        }
        leasedForLargeValues += bytes;
        return true;
    }

    @Override
    public void reject(RejectedRecord record) {
        rejects.add(record);
        progress.read(1, record.original().length);
        progress.rejected(1);
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
