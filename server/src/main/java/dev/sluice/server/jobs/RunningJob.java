package dev.sluice.server.jobs;

import dev.sluice.engine.run.StopSignal;
import dev.sluice.server.leases.Lease;
import dev.sluice.server.states.ConnectionStates;
import dev.sluice.spi.catalog.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A job that this process works on. Threads may share it. */
public final class RunningJob {
    private final Job job;
    private final int attempt;
    private final Lease lease;
    private final AttemptLog log;
    private final StopSignal stop = new StopSignal();
    private final AtomicReference<Supplier<List<AttemptStream>>> streams = new AtomicReference<>(List::of);
    private final Map<StreamId, AttemptStream> saved = new ConcurrentHashMap<>();
    private final AtomicReference<Runnable> reporter = new AtomicReference<>(() -> {});
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long stopWishedNanos;

    RunningJob(Job job, int attempt, Lease lease, AttemptLog log) {
        this.job = job;
        this.attempt = attempt;
        this.lease = lease;
        this.log = log;
    }

    /** The job, as it was when the attempt began. */
    public Job job() {
        return job;
    }

    /** Which attempt it is, from 0. */
    public int attempt() {
        return attempt;
    }

    /** The right to work on it. */
    public Lease lease() {
        return lease;
    }

    /** The job as the engine knows it, and the right to work on it. */
    public ConnectionStates.Held held() {
        return new ConnectionStates.Held(
                lease,
                new dev.sluice.engine.state.Job(
                        Objects.requireNonNull(job.course().syncId()),
                        Objects.requireNonNull(job.times().startedAt()),
                        attempt));
    }

    /** What tells the work to end. */
    public StopSignal stop() {
        return stop;
    }

    /** Where the work tells what it does. */
    public AttemptLog log() {
        return log;
    }

    /** Says where the numbers of the streams are to be had from now on. */
    public void watch(Supplier<List<AttemptStream>> source) {
        streams.set(source);
    }

    /** Saves what is new at once, for a moment after which a killed process must not take its numbers with it. */
    public void reportNow() {
        reporter.get().run();
    }

    /** Says how what is new is saved. */
    void reportsBy(Runnable saving) {
        reporter.set(saving);
    }

    /** The numbers that are new since they were saved last. */
    List<AttemptStream> news() {
        return streams.get().get().stream()
                .filter(stream -> !stream.equals(saved.get(stream.stream())))
                .toList();
    }

    void saved(List<AttemptStream> news) {
        news.forEach(stream -> saved.put(stream.stream(), stream));
    }

    /** Does something that must not happen at the same time as a report, or as the end. */
    void exclusively(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Asks for an end in good order at first, and at once when that takes too long. */
    void end(long patienceNanos) {
        if (stopWishedNanos == 0) {
            stopWishedNanos = System.nanoTime();
            stop.request();
        } else if (System.nanoTime() - stopWishedNanos > patienceNanos && stop.level() != StopSignal.Level.ABORT) {
            stop.abort();
        }
    }
}
