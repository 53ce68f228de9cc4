package dev.sluice.airbyte.source;

import dev.sluice.spi.problem.Problem;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a connector has sent of one stream and nobody has taken yet. One thread fills it, another one takes.
 *
 * <p>While somebody takes, the one who fills waits if too much is there, so the connector is held up as far as its pipe reaches.
 * While nobody does, the rest goes to the disk: the connector reads its streams in an order of its own, and must not wait for one that
 * is not read yet.
 */
final class Feed implements AutoCloseable {
    private static final int CHUNK_BYTES = 256 << 10;
    private static final int CHUNK_ROWS = 8192;

    /** Stands for a number of rows that nobody has told. */
    static final long UNKNOWN = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Backlog backlog;
    private final Runnable asked;
    private Chunk open = new Chunk();

    /** One that was read and can be filled again. */
    private @Nullable Chunk spare;

    private volatile long expectedRows = UNKNOWN;

    private boolean isRead;
    private boolean isOver;
    private boolean isClosed;
    private @Nullable Problem failure;

    /**
     * An empty feed.
     *
     * @param asked is run without the lock whenever somebody waited for nothing
     */
    Feed(Path file, long mostInMemory, Runnable asked) {
        backlog = new Backlog(file, mostInMemory);
        this.asked = asked;
    }

    /**
     * Adds the data of a record, and what is said of its values.
     *
     * @return false if the data is not exactly one object; nothing was added then
     */
    boolean record(byte[] bytes, int from, int to, @Nullable String meta) throws InterruptedException {
        if (!open.add(bytes, from, to, meta)) {
            return false;
        }
        if (open.size() >= CHUNK_BYTES || open.rows() >= CHUNK_ROWS) {
            handOver();
        }
        return true;
    }

    /** Says that everything so far is covered by a state. */
    void checkpoint(String state) throws InterruptedException {
        open.close(state);
        handOver();
    }

    /** Hands over what was added, because more may take a while. */
    void handOver() throws InterruptedException {
        if (open.isEmpty()) {
            return;
        }
        lock.lockInterruptibly();
        try {
            while (isRead && !isClosed && backlog.isFull()) {
                changed.await();
            }
            if (!isClosed && !isOver) {
                backlog.add(open);
            }
            Chunk used = spare;
            spare = null;
            open = used == null ? new Chunk() : used;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Says that nothing more comes. */
    void end() throws InterruptedException {
        handOver();
        finish(null);
    }

    /** Says that nothing more comes because something went wrong; what was handed over stays valid. */
    void fail(Problem problem) {
        finish(problem);
    }

    private void finish(@Nullable Problem problem) {
        lock.lock();
        try {
            if (!isOver) {
                isOver = true;
                failure = problem;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** True once nothing more comes. */
    boolean isOver() {
        lock.lock();
        try {
            return isOver;
        } finally {
            lock.unlock();
        }
    }

    /** Says how many rows the connector expects in all. */
    void expect(long rows) {
        expectedRows = rows;
    }

    /** How many rows the connector expects in all, or {@link #UNKNOWN}. */
    long expectedRows() {
        return expectedRows;
    }

    /** Says that from now on somebody takes. */
    void attach() {
        lock.lock();
        try {
            isRead = true;
        } finally {
            lock.unlock();
        }
    }

    /** What {@link #take} can answer. */
    sealed interface Taken {
        /** Something came. */
        record Some(Chunk chunk) implements Taken {}

        /** Nothing came so far. */
        record Nothing() implements Taken {}

        /** Nothing more comes. */
        record End() implements Taken {}
    }

    /**
     * Takes what came next.
     *
     * @throws dev.sluice.spi.problem.ProblemException once everything was taken of a feed that failed
     */
    Taken take(long millis) throws InterruptedException {
        Taken taken = await(millis);
        if (taken instanceof Taken.Nothing) {
            asked.run();
        }
        return taken;
    }

    private Taken await(long millis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (backlog.isEmpty() && !isOver && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (!backlog.isEmpty()) {
                Chunk chunk = backlog.take();
                changed.signalAll();
                return new Taken.Some(chunk);
            }
            if (!isOver) {
                return new Taken.Nothing();
            }
            if (failure != null) {
                throw failure.exception();
            }
            return new Taken.End();
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what was taken, once nobody looks at it any more. */
    void giveBack(Chunk read) {
        if (!read.isSmall()) {
            return;
        }
        read.clear();
        lock.lock();
        try {
            spare = read;
        } finally {
            lock.unlock();
        }
    }

    /** Says that nobody wants it any more; what comes is dropped. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            backlog.close();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
