package dev.sluice.engine.run;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The wish of a user to end a run: at first in good order, with what is read so far committed; at the second time at
 * once. Both are safe.
 */
public final class StopSignal {
    private final CopyOnWriteArrayList<Runnable> onAbort = new CopyOnWriteArrayList<>();
    private final AtomicReference<Level> level = new AtomicReference<>(Level.NONE);
    private final CountDownLatch requested = new CountDownLatch(1);

    /** How urgent the wish is. */
    public enum Level {
        /** Nobody wants the run to end. */
        NONE,
        /** Readers stop after the batch in hand, and what can be committed is. */
        GRACEFUL,
        /** Blocked reads and writes are broken off, and what is not committed is dropped. */
        ABORT
    }

    /** Asks for an end; each call raises the urgency by one level. */
    public void request() {
        if (!requestOnce()) {
            abort();
        }
    }

    /** Asks for an end in good order, unless somebody has asked for an end already; false if so. */
    boolean requestOnce() {
        boolean first = level.compareAndSet(Level.NONE, Level.GRACEFUL);
        requested.countDown();
        return first;
    }

    /** Asks for an end at once. */
    public void abort() {
        level.set(Level.ABORT);
        requested.countDown();
        onAbort.forEach(StopSignal::breakOff);
    }

    /** How urgent the wish is now. */
    public Level level() {
        return level.get();
    }

    /** True if the run shall end, in good order or at once. */
    public boolean isRequested() {
        return level() != Level.NONE;
    }

    /** Waits until somebody asks for an end. */
    public void await() throws InterruptedException {
        requested.await();
    }

    /** Falls when somebody asks for an end. */
    CountDownLatch requested() {
        return requested;
    }

    /** Registers what breaks off a blocked call; the result takes it back. */
    Runnable onAbort(Runnable action) {
        onAbort.add(action);
        if (level() == Level.ABORT) {
            breakOff(action);
        }
        return () -> onAbort.remove(action);
    }

    private static void breakOff(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException itsOwnMatter) {
            // What cannot be broken off ends by itself; the others must hear of the abort all the same.
        }
    }
}
