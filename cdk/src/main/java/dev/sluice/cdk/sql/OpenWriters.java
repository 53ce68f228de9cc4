package dev.sluice.cdk.sql;

import dev.sluice.spi.destination.Committable;
import dev.sluice.spi.destination.Writer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * The writers of a target that are open, each in a session of its own, by the handles that stand in what they prepare.
 * Thread-safe.
 *
 * @param <W> the kind of writer
 */
final class OpenWriters<W extends Writer> {
    private final SessionPool<SqlSession> sessions;
    private final Map<String, W> open = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    OpenWriters(SessionPool<SqlSession> sessions) {
        this.sessions = sessions;
    }

    /**
     * Opens a writer.
     *
     * @param make makes it of its handle and its session
     */
    W open(BiFunction<String, SqlSession, W> make) {
        String handle = Integer.toString(numbers.incrementAndGet());
        W writer = make.apply(handle, sessions.take());
        open.put(handle, writer);
        return writer;
    }

    /** Who prepared what is to be committed. */
    W whoPrepared(Committable committable) {
        W writer = open.get(committable.handle());
        if (writer == null) {
            throw new IllegalArgumentException("no open writer prepared " + committable.handle());
        }
        return writer;
    }

    /** A writer is closed; its session goes to the next one if it can be used. */
    void forget(String handle, SqlSession session, boolean reusable) {
        open.remove(handle);
        if (reusable) {
            sessions.giveBack(session);
        } else {
            sessions.discard(session);
        }
    }

    void close() {
        List.copyOf(open.values()).forEach(Writer::close);
    }
}
