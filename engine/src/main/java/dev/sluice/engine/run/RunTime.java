package dev.sluice.engine.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Time as a run lives through it. Tests put another one in the place of the system's. */
public interface RunTime {
    /** The time of this machine. */
    RunTime SYSTEM = new RunTime() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public boolean await(Duration most, CountDownLatch event) throws InterruptedException {
            return event.await(most.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public Runnable every(Duration period, Runnable action) {
            CountDownLatch over = new CountDownLatch(1);
            EngineThreads.startVirtual("clock", () -> tick(period, action, over));
            return over::countDown;
        }
    };

    /** A clock that only goes forward, in nanoseconds from some moment. */
    long nanos();

    /**
     * Waits for an event.
     *
     * @param most how long at most
     * @return true if the event has happened
     */
    boolean await(Duration most, CountDownLatch event) throws InterruptedException;

    /** Runs an action again and again; the result ends that. */
    Runnable every(Duration period, Runnable action);

    private static void tick(Duration period, Runnable action, CountDownLatch over) {
        try {
            while (!over.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
                action.run();
            }
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
    }
}
