package dev.sluice.cdk.sql;

import dev.sluice.spi.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions open between uses. Thread-safe.
 *
 * @param <S> the connector's kind of session
 */
public final class SessionPool<S extends SqlSession> implements AutoCloseable {
    private final Supplier<S> opening;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<S> idle = new ArrayDeque<>();
    private final Set<S> lent = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean closed;

    /**
     * Makes an empty pool.
     *
     * @param opening opens a session
     */
    public SessionPool(Supplier<S> opening) {
        this.opening = opening;
    }

    /** An idle session, or a new one. */
    public S take() {
        S session = poll();
        while (session != null && !session.isUsable()) {
            session.close();
            session = poll();
        }
        S taken = session == null ? opening.get() : session;
        lock.lock();
        try {
            lent.add(taken);
        } finally {
            lock.unlock();
        }
        return taken;
    }

    /** Takes a session that is outside any transaction back. */
    public void giveBack(S session) {
        lock.lock();
        try {
            lent.remove(session);
            if (!closed && session.isUsable()) {
                idle.push(session);
                return;
            }
        } finally {
            lock.unlock();
        }
        session.close();
    }

    /** Ends the read-only transaction of a session and takes it back, or closes it if that fails. */
    public void retire(S session) {
        try {
            session.rollback();
            giveBack(session);
        } catch (ProblemException broken) {
            discard(session);
        }
    }

    /** Closes a session that may be broken or in the middle of something. */
    public void discard(S session) {
        lock.lock();
        try {
            lent.remove(session);
        } finally {
            lock.unlock();
        }
        session.close();
    }

    /** Uses a session for a moment. */
    public <T> T with(Function<? super S, T> use) {
        S session = take();
        boolean done = false;
        try {
            T result = use.apply(session);
            done = true;
            return result;
        } finally {
            if (done) {
                giveBack(session);
            } else {
                discard(session);
            }
        }
    }

    /** Closes all sessions, also those that somebody has taken and not given back. */
    @Override
    public void close() {
        List<S> abandoned;
        lock.lock();
        try {
            closed = true;
            idle.forEach(SqlSession::close);
            idle.clear();
            abandoned = List.copyOf(lent);
            lent.clear();
        } finally {
            lock.unlock();
        }
        abandoned.forEach(session -> {
            session.cancel();
            session.close();
        });
    }

    private @Nullable S poll() {
        lock.lock();
        try {
            return idle.poll();
        } finally {
            lock.unlock();
        }
    }
}
