package dev.sluice.testkit.host;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until something has happened, as long as needed and not longer. */
public final class Await {
    /** How long a test waits before it gives up: generous, as it is only spent when something is broken. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private static final long PAUSE_NANOS = 1_000_000;

    private Await() {}

    /**
     * Waits until a condition holds, at most {@link #LIMIT}.
     *
     * @param what what is awaited, for the message
     * @throws AssertionError if it does not hold in time
     */
    public static void until(String what, BooleanSupplier condition) {
        until(what, LIMIT, condition);
    }

    /** Waits until a condition holds, at most this long. */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * Waits until a thread has ended, at most {@link #LIMIT}.
     *
     * @throws AssertionError if it still runs; the message shows where it stands
     */
    public static void end(Thread thread) {
        try {
            if (!thread.join(LIMIT)) {
                StringBuilder stack = new StringBuilder();
                for (StackTraceElement frame : thread.getStackTrace()) {
                    stack.append("\n    at ").append(frame);
                }
                throw new AssertionError(
                        "the thread " + thread.getName() + " still runs after " + LIMIT.toSeconds() + " s:" + stack);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + thread.getName(), stopped);
        }
    }
}
