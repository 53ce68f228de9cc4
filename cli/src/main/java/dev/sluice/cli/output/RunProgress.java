package dev.sluice.cli.output;

import dev.sluice.cli.text.Line;
import dev.sluice.cli.text.Style;
import dev.sluice.engine.connection.RunLimits;
import dev.sluice.engine.run.RunListener;
import dev.sluice.engine.run.StreamProgress;
import dev.sluice.engine.state.Job;
import dev.sluice.spi.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Follows a run and shows it in the ways that the user chose, five times a second where it is a live block. */
public final class RunProgress implements RunListener, AutoCloseable {
    private static final long PERIOD_NANOS = 200_000_000;

    private final Reporter reporter;
    private final List<ProgressView> views;
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread ticker =
            Thread.ofPlatform().name("sluice progress").daemon(true).unstarted(this::follow);
    private final long begunNanos = System.nanoTime();
    private volatile boolean closed;

    private RunProgress(Reporter reporter, List<ProgressView> views) {
        this.reporter = reporter;
        this.views = List.copyOf(views);
    }

    /** Prepares to follow a run. */
    public static RunProgress of(Reporter reporter, ProgressStyle style, Clock clock) {
        Console console = reporter.console();
        List<ProgressView> views = new ArrayList<>();
        boolean quiet = !console.verbosity().includes(Verbosity.NORMAL);
        switch (style) {
            case AUTO -> {
                if (!quiet) {
                    boolean live = console.terminal().isErr();
                    views.add(live ? new LiveProgress(console) : new PlainProgress(console, clock));
                }
            }
            case BAR -> views.add(new LiveProgress(console));
            case PLAIN -> views.add(new PlainProgress(console, clock));
            case NONE -> {}
        }
        if (reporter.format() == Format.NDJSON) {
            views.add(new EventProgress(reporter));
        }
        return new RunProgress(reporter, views);
    }

    @Override
    public void started(Job job, List<StreamProgress> streams) {
        reporter.event(
                "job",
                Map.of(
                        "status",
                        "started",
                        "sync_id",
                        job.syncId(),
                        "attempt",
                        job.attempt(),
                        "streams",
                        streams.size()));
        each(view -> view.begin(streams));
        ticker.start();
    }

    @Override
    public void changed(StreamProgress stream) {
        each(view -> view.changed(stream));
    }

    @Override
    public void retrying(StreamProgress stream, Problem why, Duration pause) {
        String when = pause.isZero() ? "at once" : "in " + RunLimits.words(pause);
        reporter.event(
                "retry",
                Map.of(
                        "stream", stream.plan().stream().name(),
                        "failures", stream.failures(),
                        "seconds", pause.toSeconds(),
                        "error", ProblemView.fields(why)));
        reporter.console()
                .message(
                        Verbosity.NORMAL,
                        Line.of(Style.WARN, reporter.console().errLook().warning() + " ")
                                .plus(stream.plan().stream() + ": " + why.message() + " (" + why.code()
                                        + "); trying again " + when));
    }

    /** Takes away what is not permanent. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            views.forEach(ProgressView::end);
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(ticker);
    }

    private void follow() {
        while (!closed) {
            LockSupport.parkNanos(PERIOD_NANOS);
            each(view -> view.tick(System.nanoTime() - begunNanos));
        }
    }

    private void each(Consumer<ProgressView> action) {
        lock.lock();
        try {
            if (!closed) {
                views.forEach(action);
            }
        } finally {
            lock.unlock();
        }
    }
}
