package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.log.LogProblems;
import dev.sluice.cdk.log.SharedReadings;
import dev.sluice.connector.mysql.session.MyConnections;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.spi.catalog.StreamId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log once for all streams that stand near each other, into spools. Reading changes nothing at the server, so a run
 * that fails reads the same again. Thread-safe.
 */
final class LogPump implements AutoCloseable {
    /** A stream that is further behind reads by itself, lest the others read again and again what only it needs. */
    private static final long NEAR_BYTES = 256L << 20;

    private final MyConnections connections;
    private final SharedReadings<LogReading> readings = new SharedReadings<>(LogReading::close);
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<StreamId, LogPlace> standing = new HashMap<>();
    private Map<String, Long> files = Map.of();
    private boolean foldsCase;
    private volatile @Nullable MySession reading;

    LogPump(MyConnections connections) {
        this.connections = connections;
    }

    /** A stream stands at a place, and may be read from there. */
    void stands(StreamId stream, LogPlace place) {
        lock.lock();
        try {
            standing.put(stream, place);
        } finally {
            lock.unlock();
        }
    }

    /** What the server has of its log, and how it compares names. */
    void knows(Map<String, Long> filesOfNow, boolean folds) {
        lock.lock();
        try {
            files = filesOfNow;
            foldsCase = folds;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The log of a table between two places, read now if it was not read yet.
     *
     * @param who asks, as it says to {@link #breakOff}
     * @param cancelled true once nobody waits for the answer
     */
    LogReading reading(StreamId table, LogPlace from, LogPlace end, Object who, BooleanSupplier cancelled) {
        stands(table, from);
        return readings.get(
                each -> each.covers(table, from, end), () -> empty(from, end), each -> fill(each), who, cancelled);
    }

    /** A reading for all that stand near the one who asks. */
    private LogReading empty(LogPlace from, LogPlace end) {
        lock.lock();
        try {
            LogPlace first = from;
            Set<StreamId> wanted = new HashSet<>();
            for (Map.Entry<StreamId, LogPlace> each : standing.entrySet()) {
                LogPlace place = each.getValue();
                if (files.containsKey(place.file()) && distance(place, from) <= NEAR_BYTES && !end.isBefore(place)) {
                    first = place.isBefore(first) ? place : first;
                    wanted.add(each.getKey());
                } else if (place.equals(from)) {
                    wanted.add(each.getKey());
                }
            }
            return new LogReading(first, end, wanted, foldsCase);
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes of log lie from one place to a later one; 0 if it is not later. */
    private long distance(LogPlace from, LogPlace to) {
        if (!from.isBefore(to)) {
            return 0;
        }
        long sum = to.at() - from.at();
        for (Map.Entry<String, Long> each : files.entrySet()) {
            LogPlace whole = new LogPlace(each.getKey(), from.at());
            if (!whole.isBefore(from) && new LogPlace(each.getKey(), 0).isBefore(new LogPlace(to.file(), 0))) {
                sum += each.getValue();
            }
        }
        return sum;
    }

    /** Makes a reading end that was begun for somebody. May be called at any time. */
    void breakOff(Object who) {
        MySession session = reading;
        if (session != null && readings.isReadFor(who)) {
            session.cancel();
        }
    }

    private void fill(LogReading into) {
        MySession session = connections.open();
        reading = session;
        try {
            new LogFiller(
                            LogServer.feed(session, into.from()),
                            into,
                            into.from().file())
                    .run();
        } catch (IOException failure) {
            throw LogServer.clearer(session.failed(failure), session.version().mariaDb());
        } catch (UncheckedIOException failure) {
            throw LogProblems.unspooled(new IOException(failure.getMessage(), failure));
        } finally {
            reading = null;
            session.cancel(); // the server may be in the middle of its log
            session.close();
        }
    }

    @Override
    public void close() {
        MySession session = reading;
        if (session != null) {
            session.cancel();
        }
        readings.close();
    }
}
