package dev.sluice.cdk.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps sessions open between uses. Thread-safe. */
final class SessionPool implements AutoCloseable {
    private final SqlBackend backend;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<SqlSession> idle = new ArrayDeque<>();
    private boolean closed;

    SessionPool(SqlBackend backend) {
        this.backend = backend;
    }

    /** An idle session, or a new one. */
    SqlSession take() {
        SqlSession session = poll();
        while (session != null && !session.isUsable()) {
            session.close();
            session = poll();
        }
        return session == null ? backend.open() : session;
    }

    /** Takes a session that is outside any transaction back. */
    void giveBack(SqlSession session) {
        lock.lock();
        try {
            if (!closed && session.isUsable()) {
                idle.push(session);
                return;
            }
        } finally {
            lock.unlock();
        }
        session.close();
    }

    /** Closes a session that may be broken or in the middle of something. */
    void discard(SqlSession session) {
        session.close();
    }

    /** Uses a session for a moment. */
    <T> T with(Function<SqlSession, T> use) {
        SqlSession session = take();
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

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            idle.forEach(SqlSession::close);
            idle.clear();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable SqlSession poll() {
        lock.lock();
        try {
            return idle.poll();
        } finally {
            lock.unlock();
        }
    }
}
