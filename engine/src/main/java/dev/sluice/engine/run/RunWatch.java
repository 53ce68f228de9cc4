package dev.sluice.engine.run;

import dev.sluice.engine.connection.RunLimits;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Watches over the time of a run: sources that send nothing, destinations that take nothing, and the run as a whole.
 *
 * <p>A thread that is found waiting for too long is broken off like one of a run that the user aborts; a run that takes
 * too long is ended in good order first.
 */
final class RunWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final RunLimits limits;
    private final RunTime time;
    private final StopSignal stop;
    private final List<Pulse> pulses = new CopyOnWriteArrayList<>();
    private final long begunNanos;
    private final Runnable end;
    private volatile boolean timedOut;

    RunWatch(RunLimits limits, RunTime time, StopSignal stop) {
        this.limits = limits;
        this.time = time;
        this.stop = stop;
        begunNanos = time.nanos();
        end = time.every(PERIOD, this::look);
    }

    RunLimits limits() {
        return limits;
    }

    RunTime time() {
        return time;
    }

    /** True if the run was ended because it took too long. */
    boolean timedOut() {
        return timedOut;
    }

    /** Why a run that took too long has failed. */
    Problem timeOut() {
        return Problem.of("E_TIMEOUT", ProblemKind.CANCELLED, "the run took longer than it may")
                .because("the limit is " + RunLimits.words(Objects.requireNonNullElse(limits.total(), Duration.ZERO)))
                .fix("what is committed stays; run it again to go on, or raise the limit with --timeout");
    }

    /** Watches over the waiting for a source. */
    Pulse ofSource(Runnable whenDead) {
        return register(
                limits.sourceSilence(),
                Problem.of(
                                "E_SOURCE_SILENT",
                                ProblemKind.TRANSIENT,
                                "the source has sent nothing for " + RunLimits.words(limits.sourceSilence()))
                        .fix("see whether it is alive; `timeouts: {source: 12h}` in the project file waits longer"),
                whenDead);
    }

    /** Watches over the waiting for a destination. */
    Pulse ofDestination(Runnable whenDead) {
        return register(
                limits.destinationSilence(),
                Problem.of(
                                "E_DESTINATION_BLOCKED",
                                ProblemKind.TRANSIENT,
                                "the destination has not finished a step for "
                                        + RunLimits.words(limits.destinationSilence()))
                        .fix("see whether something locks the table; `timeouts: {destination: 48h}` waits longer"),
                whenDead);
    }

    /** Watches no more. */
    void forget(Pulse pulse) {
        pulses.remove(pulse);
    }

    @Override
    public void close() {
        end.run();
    }

    private Pulse register(Duration limit, Problem problem, Runnable whenDead) {
        Pulse pulse = new Pulse(time, limit, problem, whenDead);
        pulses.add(pulse);
        return pulse;
    }

    private void look() {
        pulses.forEach(Pulse::look);
        Duration total = limits.total();
        if (total == null) {
            return;
        }
        long over = time.nanos() - begunNanos - total.toNanos();
        if (over > 0 && !timedOut) {
            timedOut = !stop.isRequested();
            stop.requestOnce();
        } else if (timedOut && over > GRACE.toNanos() && stop.level() != StopSignal.Level.ABORT) {
            stop.abort();
        }
    }
}
