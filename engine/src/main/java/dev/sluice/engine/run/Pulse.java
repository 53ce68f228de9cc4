package dev.sluice.engine.run;

import dev.sluice.spi.problem.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether somebody is still alive: one thread says when it begins to wait for them and when it is done, and {@link
 * RunWatch} looks at it. Whoever is found dead is told once.
 */
final class Pulse {
    private static final long IDLE = Long.MIN_VALUE;

    private final RunTime time;
    private final Duration limit;
    private final Problem problem;
    private final Runnable whenDead;
    private volatile long waitingSince = IDLE;
    private volatile @Nullable Problem death;

    Pulse(RunTime time, Duration limit, Problem problem, Runnable whenDead) {
        this.time = time;
        this.limit = limit;
        this.problem = problem;
        this.whenDead = whenDead;
    }

    /** The thread begins to wait. */
    void begin() {
        waitingSince = time.nanos();
    }

    /** The thread has got what it waited for, or a failure. */
    void end() {
        waitingSince = IDLE;
    }

    /** Why it counts as dead; null if it does not. */
    @Nullable
    Problem death() {
        return death;
    }

    /** Looks whether it waits for too long. Only one thread looks. */
    void look() {
        long since = waitingSince;
        if (since != IDLE && death == null && time.nanos() - since > limit.toNanos()) {
            death = problem;
            whenDead.run();
        }
    }
}
