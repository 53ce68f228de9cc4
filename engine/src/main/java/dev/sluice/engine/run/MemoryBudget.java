package dev.sluice.engine.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One budget of bytes for all batches of a run (I6).
 *
 * <p>Whoever wants more than is left waits until others give back: that is the back-pressure from a slow destination to
 * a fast source. What is larger than the whole budget is let in alone. Requests are served in their order, so that a
 * large one is not overtaken for ever by small ones. May be used by many threads.
 */
final class MemoryBudget {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Long> waiting = new ArrayDeque<>();
    private final Semaphore largeTurn = new Semaphore(1, true);
    private final long total;
    private long used;
    private long tickets;

    MemoryBudget(long total) {
        this.total = total;
    }

    /** Waits until the bytes are free and takes them. Only for callers that hold nothing of the budget themselves. */
    void acquire(long bytes) throws InterruptedException {
        lock.lockInterruptibly();
        long ticket = ++tickets;
        try {
            waiting.addLast(ticket);
            while (waiting.getFirst() != ticket || !fits(bytes, 0)) {
                changed.await();
            }
            used += bytes;
        } finally {
            waiting.remove(ticket);
            changed.signalAll();
            lock.unlock();
        }
    }

    void release(long bytes) {
        lock.lock();
        try {
            used -= bytes;
            changed.signalAll();
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

    /** The account of one lane for the large values of the row in its hand. */
    LargeValues largeValues(long most) {
        return new LargeValues(most);
    }

    private boolean fits(long bytes, long held) {
        return used - held == 0 || used + bytes <= total;
    }

    /**
     * What one lane holds for large values that are not in a batch yet. Not for use by several threads.
     *
     * <p>Only one lane at a time may hold such bytes and ask for more, and it goes before those that wait in line: all
     * others hold bytes of batches only, which their writers give back without asking for any. So nobody waits in a
     * circle.
     */
    final class LargeValues {
        private final long most;
        private long held;
        private boolean myTurn;

        private LargeValues(long most) {
            this.most = most;
        }

        /**
         * Waits until the bytes are free and takes them.
         *
         * @return false if the values that are held would become more than one row may take
         */
        boolean admit(long bytes) throws InterruptedException {
            if (bytes > most - held) {
                return false;
            }
            if (!myTurn) {
                largeTurn.acquire();
                myTurn = true;
            }
            more(bytes);
            return true;
        }

        /**
         * Takes what a batch needs besides the large values in it, and hands the whole over to whoever gets the batch.
         *
         * @return the bytes that the receiver of the batch has to release
         */
        long settle(long batchBytes) throws InterruptedException {
            long missing = Math.max(0, batchBytes - held);
            if (myTurn) {
                more(missing);
            } else {
                acquire(missing);
                held = missing;
            }
            long settled = held;
            held = 0;
            endTurn();
            return settled;
        }

        /** Gives back what is held. */
        void drop() {
            release(held);
            held = 0;
            endTurn();
        }

        private void more(long bytes) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!fits(bytes, held)) {
                    changed.await();
                }
                used += bytes;
                held += bytes;
            } finally {
                lock.unlock();
            }
        }

        private void endTurn() {
            if (myTurn) {
                myTurn = false;
                largeTurn.release();
            }
        }
    }
}
