package dev.sluice.engine.run;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of one stream. It begins with the lane that the stream owns and takes further ones, at the beginning and
 * later, while splits are left and the run has lanes to spare.
 */
final class LaneGroup {
    private final StreamPlan plan;
    private final Source source;
    private final HandedOver handed;
    private final Reading reading;
    private final StreamProgress progress;
    private final Lanes lanes;
    private final RunScope scope;

    private final Queue<Split> splits = new ConcurrentLinkedQueue<>();
    private final int wanted;
    private final AtomicInteger splitsEnded = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    /** A read, and the copy of the stream that it writes. */
    record Reading(UnfinishedRead unfinished, long generation) {}

    LaneGroup(
            StreamPlan plan,
            Source source,
            HandedOver handed,
            Reading reading,
            StreamProgress progress,
            Lanes lanes,
            RunScope scope) {
        this.plan = plan;
        this.source = source;
        this.handed = handed;
        this.reading = reading;
        this.progress = progress;
        this.lanes = lanes;
        this.scope = scope;
        UnfinishedRead unfinished = reading.unfinished();
        for (Split split : unfinished.plan().splits()) {
            SplitProgress done = unfinished.progress().get(split.id());
            if (done == null || !done.finished()) {
                splits.add(split);
            }
        }
        wanted = splits.size();
        progress.expect(expectedRows(unfinished));
    }

    /**
     * Reads and writes all splits that are left.
     *
     * @return true if all are done, false if the run was stopped before
     */
    boolean run() throws InterruptedException {
        if (wanted > 0) {
            Thread own = start(0, this::runLane);
            Runnable unregister = lanes.whenFree(this::grow);
            try {
                grow();
                own.join();
            } finally {
                unregister.run();
                joinHelpers();
            }
        }
        rethrow();
        return splitsEnded.get() == wanted;
    }

    private void grow() {
        lock.lock();
        try {
            int most = Math.min(wanted, plan.maxWriters());
            while (!closed && threads.size() + 1 < most && hasWork() && lanes.tryAcquire()) {
                threads.add(start(threads.size() + 1, this::runHelper));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean hasWork() {
        return failure.get() == null && !splits.isEmpty() && !scope.stop().isRequested();
    }

    private Thread start(int number, Runnable lane) {
        return EngineThreads.start("write " + plan.stream() + " " + number, lane);
    }

    private void joinHelpers() throws InterruptedException {
        List<Thread> helpers;
        lock.lock();
        try {
            closed = true;
            helpers = List.copyOf(threads);
        } finally {
            lock.unlock();
        }
        for (Thread helper : helpers) {
            helper.join();
        }
    }

    private void runHelper() {
        try {
            runLane();
        } finally {
            lanes.release();
        }
    }

    private void runLane() {
        try {
            Handover handover = new Handover();
            LaneReader reader =
                    new LaneReader(source, plan.read(), reading.unfinished(), this::next, handover, progress, scope);
            Lane lane = new Lane(handed, reading.unfinished(), reading.generation(), progress, scope);
            lane.run(reader, handover);
            splitsEnded.addAndGet(lane.splitsEnded());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Throwable first) {
            // The stream has failed; the other lanes finish the split in hand, which stays committed.
            failure.compareAndSet(null, first);
        }
    }

    private @Nullable Split next() {
        return failure.get() == null ? splits.poll() : null;
    }

    private void rethrow() {
        switch (failure.get()) {
            case null -> {}
            case ProblemException problem -> throw problem;
            case RuntimeException unexpected -> throw unexpected;
            case Error error -> throw error;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    private static long expectedRows(UnfinishedRead unfinished) {
        long sum = 0;
        for (Split split : unfinished.plan().splits()) {
            if (split.estimate().rows() == Estimate.UNKNOWN) {
                return Estimate.UNKNOWN;
            }
            sum += split.estimate().rows();
        }
        return sum;
    }
}
