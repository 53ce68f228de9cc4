package dev.sluice.engine.run;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One budget of bytes for all batches of a run (I6).
 *
 * <p>Whoever wants more than is left waits until others give back: that is the back-pressure from a slow destination to
 * a fast source. What is larger than the whole budget is let in alone. Fair; may be used by many threads.
 */
final class MemoryBudget {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition released = lock.newCondition();
    private final long total;
    private long used;

    MemoryBudget(long total) {
        this.total = total;
    }

    /** Waits until the bytes are free and takes them. */
    void acquire(long bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (used > 0 && used + bytes > total) {
                released.await();
            }
            used += bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the bytes without waiting, for memory that is in use already. */
    void take(long bytes) {
        lock.lock();
        try {
            used += bytes;
        } finally {
            lock.unlock();
        }
    }

    void release(long bytes) {
        lock.lock();
        try {
            used -= bytes;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }
}
