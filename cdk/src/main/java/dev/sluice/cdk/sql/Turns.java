package dev.sluice.cdk.sql;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One writer of a target at a time. All writers of a target are in this process, because its lock is (I8). The turn may
 * be given back by another thread than took it. Thread-safe.
 */
final class Turns {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<SqlWriter> gaveUp = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable SqlWriter holder;

    /**
     * Waits for the turn; does nothing for the one who has it.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CANCELLED} once the writer has given up
     */
    void take(SqlWriter writer) {
        lock.lock();
        try {
            while (holder != null && holder != writer && !gaveUp.contains(writer)) {
                changed.awaitUninterruptibly();
            }
            if (gaveUp.contains(writer)) {
                throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the merge was stopped")
                        .exception();
            }
            holder = writer;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the turn of the writer if it has it. */
    void giveBack(SqlWriter writer) {
        lock.lock();
        try {
            if (holder == writer) {
                holder = null;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes the writer wait no longer, now and later. */
    void giveUp(SqlWriter writer) {
        lock.lock();
        try {
            gaveUp.add(writer);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isHeldBy(SqlWriter writer) {
        lock.lock();
        try {
            return holder == writer;
        } finally {
            lock.unlock();
        }
    }
}
