package dev.sluice.testkit.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Events in the order in which they happened, to wait for and to look through afterwards. Thread-safe.
 *
 * <pre>{@code
 * log.await(Committed.class, 3);
 * }</pre>
 */
public final class EventLog {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<Object> events = new ArrayList<>();

    /** Notes that something happened. */
    public void add(Object event) {
        lock.lock();
        try {
            events.add(event);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All events so far. */
    public List<Object> all() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /** The events of a class so far. */
    public <E> List<E> all(Class<E> kind) {
        return all().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /**
     * Waits until that many events of a class have happened, at most {@link Await#LIMIT}.
     *
     * @return the events of the class so far, at least that many
     * @throws AssertionError if they do not happen in time
     */
    public <E> List<E> await(Class<E> kind, int count) {
        long left = Await.LIMIT.toNanos();
        lock.lock();
        try {
            while (all(kind).size() < count) {
                if (left <= 0) {
                    throw new AssertionError("only " + all(kind).size() + " of " + count + " events "
                            + kind.getSimpleName() + " among " + events);
                }
                left = added.awaitNanos(left);
            }
            return all(kind);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted after " + TimeUnit.NANOSECONDS.toSeconds(left) + " s", stopped);
        } finally {
            lock.unlock();
        }
    }
}
