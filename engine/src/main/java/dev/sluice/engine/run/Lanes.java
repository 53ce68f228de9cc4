package dev.sluice.engine.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * The lanes of a run. Streams that have none yet come first, in the order of the plan; what is left over goes to the
 * streams that are under way, also later, when another stream gives its lanes back.
 */
final class Lanes {
    private final Semaphore free;
    private final List<Runnable> hungry = new CopyOnWriteArrayList<>();

    Lanes(int count) {
        free = new Semaphore(count, true);
    }

    /** Waits for a lane. */
    void acquire() throws InterruptedException {
        free.acquire();
    }

    /** Takes a lane if one is left over. */
    boolean tryAcquire() {
        return !free.hasQueuedThreads() && free.tryAcquire();
    }

    /** Gives a lane back. */
    void release() {
        free.release();
        hungry.forEach(Runnable::run);
    }

    /**
     * Registers who can use further lanes; the result takes it back.
     *
     * @param grow called by any thread when a lane may be left over
     */
    Runnable whenFree(Runnable grow) {
        hungry.add(grow);
        return () -> hungry.remove(grow);
    }
}
