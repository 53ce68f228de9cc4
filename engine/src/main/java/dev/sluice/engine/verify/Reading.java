package dev.sluice.engine.verify;

import dev.sluice.engine.run.StopSignal;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Reads all splits of some scans side by side. */
final class Reading {
    private final int lanes;
    private final StopSignal stop;

    Reading(int lanes, StopSignal stop) {
        this.lanes = lanes;
        this.stop = stop;
    }

    /** A scan and where the rows of each of its splits go. */
    record Of(Scan scan, Supplier<Scan.Sink> sinks) {}

    /** Reads everything; the first failure ends it. */
    void all(Of... readings) {
        AtomicBoolean failed = new AtomicBoolean();
        ThreadFactory threads =
                Thread.ofPlatform().name("sluice verify ", 0).daemon(true).factory();
        try (ExecutorService pool = Executors.newFixedThreadPool(lanes, threads)) {
            List<Future<?>> tasks = new ArrayList<>();
            for (Of reading : readings) {
                for (Split split : reading.scan().splits()) {
                    tasks.add(pool.submit(() -> read(reading, split, failed)));
                }
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw cancelled();
        }
        if (stop.isRequested()) {
            throw cancelled();
        }
    }

    private void read(Of reading, Split split, AtomicBoolean failed) {
        if (failed.get() || stop.isRequested()) {
            return;
        }
        boolean done = false;
        try {
            reading.scan().read(split, reading.sinks().get(), () -> failed.get() || stop.isRequested());
            done = true;
        } finally {
            if (!done) {
                failed.set(true);
            }
        }
    }

    static RuntimeException cancelled() {
        return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped")
                .because("the comparison is not complete, so it says nothing")
                .exception();
    }
}
