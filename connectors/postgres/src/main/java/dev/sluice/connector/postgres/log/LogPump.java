package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.log.LogProblems;
import dev.sluice.cdk.log.SharedReadings;
import dev.sluice.cdk.log.Spool;
import dev.sluice.connector.postgres.copy.LogFeed;
import dev.sluice.connector.postgres.copy.WireInput;
import dev.sluice.connector.postgres.session.PgConnections;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.Quoting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the slot once for all streams: from where it still has the log up to an end, into spools. Reading confirms
 * nothing, so a run that fails reads the same again. Thread-safe.
 */
final class LogPump implements AutoCloseable {
    private static final int CHUNK_BYTES = 64 << 10;
    private static final byte[] NOTHING = {};

    private final LogSettings settings;
    private final PgConnections connections;
    private final SharedReadings<LogReading> readings = new SharedReadings<>(LogReading::close);
    private volatile @Nullable PgSession reading;

    LogPump(LogSettings settings, PgConnections connections) {
        this.settings = settings;
        this.connections = connections;
    }

    /**
     * The log up to an end or beyond it, read now if it was not read yet.
     *
     * @param who asks, as it says to {@link #breakOff}
     * @param cancelled true once nobody waits for the answer
     */
    LogReading reading(long end, LogReader who, BooleanSupplier cancelled) {
        return readings.get(each -> each.end() >= end, () -> new LogReading(end), this::fill, who, cancelled);
    }

    /** Uses the slot otherwise than for reading. */
    void withSlot(Runnable use) {
        readings.alone(use);
    }

    /** Makes a reading end that was begun for somebody. May be called at any time. */
    void breakOff(LogReader who) {
        PgSession session = reading;
        if (session != null && readings.isReadFor(who)) {
            session.cancel();
        }
    }

    private void fill(LogReading into) {
        PgSession session = connections.openReplication();
        reading = session;
        try {
            LogFeed feed = new LogFeed(session.wire(), statement());
            read(feed, into);
            feed.end();
        } catch (IOException failure) {
            throw session.failed(failure);
        } catch (UncheckedIOException failure) {
            throw LogProblems.unspooled(new IOException(failure.getMessage(), failure));
        } finally {
            reading = null;
            session.close();
        }
    }

    private String statement() {
        String publication = Quoting.identifier(settings.publication()).replace("'", "''");
        // The end of the reading is a message in the log, so the plugin has to send messages.
        return "START_REPLICATION SLOT " + Quoting.identifier(settings.slot())
                + " LOGICAL 0/0 (proto_version '1', binary 'true', messages 'true', publication_names '" + publication
                + "')";
    }

    private static void read(LogFeed feed, LogReading into) throws IOException {
        WireInput in = feed.in();
        byte[] begin = NOTHING;
        byte[] chunk = new byte[CHUNK_BYTES];
        Map<Integer, Long> told = new HashMap<>();
        long transactions = 0;
        while (true) {
            int left = feed.next() - 1;
            byte type = (byte) in.readByte();
            switch (type) {
                case LogMessage.BEGIN -> {
                    begin = new byte[left + 1];
                    begin[0] = type;
                    in.readFully(begin, 1, left);
                    transactions++;
                    if (LogMessage.committedAt(begin) >= into.end()) {
                        return;
                    }
                }
                case LogMessage.RELATION, LogMessage.INSERT, LogMessage.UPDATE, LogMessage.DELETE -> {
                    int table = in.readInt();
                    Spool spool = into.spools().of(table);
                    if (type != LogMessage.RELATION) {
                        begin(spool, table, begin, transactions, told);
                    }
                    byte[] head = LogMessage.head(type, table);
                    spool.begin(head.length + left - 4);
                    spool.write(head, 0, head.length);
                    copy(in, left - 4, spool, chunk);
                }
                case LogMessage.TRUNCATE -> {
                    int tables = in.readInt();
                    in.readByte();
                    for (int i = 0; i < tables; i++) {
                        int table = in.readInt();
                        Spool spool = into.spools().of(table);
                        begin(spool, table, begin, transactions, told);
                        spool.add(LogMessage.head(type, table));
                    }
                }
                default -> in.skipFully(left);
            }
        }
    }

    /** Puts what was said of a transaction before its first message of a table. */
    private static void begin(Spool spool, int table, byte[] begin, long transaction, Map<Integer, Long> told) {
        Long last = told.put(table, transaction);
        if (last == null || last != transaction) {
            spool.add(begin);
        }
    }

    private static void copy(WireInput in, int length, Spool spool, byte[] chunk) throws IOException {
        int left = length;
        while (left > 0) {
            int now = Math.min(left, chunk.length);
            in.readFully(chunk, 0, now);
            spool.write(chunk, 0, now);
            left -= now;
        }
    }

    @Override
    public void close() {
        PgSession session = reading;
        if (session != null) {
            session.cancel();
        }
        readings.close();
    }
}
