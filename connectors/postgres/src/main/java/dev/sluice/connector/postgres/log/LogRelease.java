package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.ConnectorContext;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the slot go of the log, as far as no stream of the connection needs it any more (I1). Thread-safe.
 */
final class LogRelease {
    private static final long MUCH_BYTES = 1L << 30;
    private static final int MEGABYTE_BITS = 20;

    private final LogSettings settings;
    private final SessionPool<PgSession> sessions;
    private final LogPump pump;
    private final ConnectorContext context;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<StreamId, Long> needed = new HashMap<>();
    private long released;

    LogRelease(LogSettings settings, SessionPool<PgSession> sessions, LogPump pump, ConnectorContext context) {
        this.settings = settings;
        this.sessions = sessions;
        this.pump = pump;
        this.context = context;
    }

    /** A stream needs the log from a place on. */
    void needs(StreamId stream, long lsn) {
        lock.lock();
        try {
            needed.put(stream, lsn);
        } finally {
            lock.unlock();
        }
    }

    /** A stream is committed up to a place. */
    void committed(StreamId stream, long lsn) {
        lock.lock();
        try {
            needed.put(stream, lsn);
            long least = needed.values().stream().min(Long::compareUnsigned).orElse(lsn);
            if (Long.compareUnsigned(least, released) > 0) {
                released = least;
                release(least);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A slot that cannot be moved on now is moved on by the next run: that costs disk, and loses nothing. */
    private void release(long lsn) {
        try {
            pump.withSlot(() -> sessions.with(session -> {
                Optional<LogServer.Slot> slot = LogServer.Slot.find(session, settings.slot());
                if (slot.isPresent() && Long.compareUnsigned(slot.get().confirmed(), lsn) < 0) {
                    session.query(
                            "SELECT pg_replication_slot_advance(?, ?::pg_lsn)::text", settings.slot(), Lsn.text(lsn));
                    LogServer.Slot.find(session, settings.slot()).ifPresent(this::tell);
                }
                return slot;
            }));
        } catch (ProblemException failure) {
            context.log(
                    Level.WARNING,
                    "the replication slot " + settings.slot() + " could not be moved on to " + Lsn.text(lsn) + ": "
                            + failure.problem().message());
        }
    }

    private void tell(LogServer.Slot slot) {
        boolean much = slot.retained() > MUCH_BYTES;
        String last = needed.entrySet().stream()
                .min(Comparator.comparing(Map.Entry::getValue, Long::compareUnsigned))
                .map(least -> "; of the streams " + least.getKey() + " is the furthest behind")
                .orElse("");
        context.log(
                much ? Level.WARNING : Level.INFO,
                "the replication slot " + settings.slot() + " makes the server keep "
                        + (slot.retained() >> MEGABYTE_BITS) + " MB of its log" + (much ? last : ""));
    }
}
