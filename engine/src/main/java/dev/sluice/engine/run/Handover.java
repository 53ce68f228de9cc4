package dev.sluice.engine.run;

import dev.sluice.engine.map.Mapped;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.Split;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What goes from the reader thread of a lane to its writer thread: a short queue, bounded in items here and in bytes by
 * the budget.
 */
final class Handover {
    private static final int CAPACITY = 3;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Item> items = new ArrayDeque<>(CAPACITY);
    private boolean closed;

    sealed interface Item {}

    /**
     * Rows of a split to write.
     *
     * @param rows what the mappers made of a batch; maybe no row is left
     * @param leased the bytes that the budget counts for them
     */
    record Rows(Split split, Mapped rows, long leased) implements Item {
        RecordBatch batch() {
            return rows.batch();
        }
    }

    /** Records of a split that the source rejected, before the next safe point. */
    record Rejects(Split split, List<RejectedRecord> records) implements Item {}

    /** A safe point inside a split. */
    record Checkpoint(Split split, String position) implements Item {}

    /**
     * The end of a split.
     *
     * @param end what the source has to know of it
     */
    record SplitEnd(Split split, @Nullable String end) implements Item {}

    /** The reader has nothing more: there is no split left, or it was asked to stop. */
    record End() implements Item {}

    /** The reader failed. */
    record Failed(Problem problem, @Nullable Throwable cause) implements Item {}

    /**
     * Hands an item over; waits while the queue is full.
     *
     * @return false if the writer takes nothing any more; the item is not handed over then
     */
    boolean put(Item item) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (items.size() >= CAPACITY && !closed) {
                changed.await();
            }
            if (closed) {
                return false;
            }
            items.addLast(item);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Hands over a failure at once, however full the queue is. */
    void fail(Problem problem) {
        lock.lock();
        try {
            items.addLast(new Failed(problem, null));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next item; waits until there is one. */
    Item take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (items.isEmpty()) {
                changed.await();
            }
            Item item = items.removeFirst();
            changed.signalAll();
            return item;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the handover from the writer's side and returns what was never taken. */
    List<Item> close() {
        lock.lock();
        try {
            closed = true;
            List<Item> left = List.copyOf(items);
            items.clear();
            changed.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
