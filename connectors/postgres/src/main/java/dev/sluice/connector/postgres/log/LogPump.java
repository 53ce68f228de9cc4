package dev.sluice.connector.postgres.log;

import dev.sluice.connector.postgres.copy.LogFeed;
import dev.sluice.connector.postgres.copy.WireInput;
import dev.sluice.connector.postgres.session.PgConnections;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the slot once for all streams: from where it still has the log up to an end, into spools. Reading confirms
 * nothing, so a run that fails reads the same again. Thread-safe.
 */
final class LogPump implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;
    private static final byte[] NOTHING = {};

    private final LogSettings settings;
    private final PgConnections connections;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Spools> made = new ArrayList<>();
    private volatile @Nullable PgSession reading;
    private volatile @Nullable LogReader reader;

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
    Spools spools(long end, LogReader who, BooleanSupplier cancelled) {
        lock(cancelled);
        try {
            for (Spools each : made) {
                if (each.end() >= end) {
                    return each;
                }
            }
            reader = who;
            Spools read = new Spools(end);
            made.add(read);
            boolean complete = false;
            try {
                fill(read);
                complete = true;
                return read;
            } finally {
                reader = null;
                if (!complete) {
                    made.remove(read);
                    read.close();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Uses the slot otherwise than for reading. */
    void withSlot(Runnable use) {
        lock(() -> false);
        try {
            use.run();
        } finally {
            lock.unlock();
        }
    }

    private void lock(BooleanSupplier cancelled) {
        try {
            while (!lock.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (cancelled.getAsBoolean()) {
                    throw cancelled(null);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw cancelled(stopped);
        }
    }

    private static ProblemException cancelled(@Nullable Throwable cause) {
        return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the reading of the log was stopped")
                .exception(cause);
    }

    /** Makes a reading end that was begun for somebody. May be called at any time. */
    void breakOff(LogReader who) {
        PgSession session = reading;
        if (session != null && who.equals(reader)) {
            session.cancel();
        }
    }

    private void fill(Spools spools) {
        PgSession session = connections.openReplication();
        reading = session;
        try {
            LogFeed feed = new LogFeed(session.wire(), statement());
            read(feed, spools);
            feed.end();
        } catch (IOException failure) {
            throw session.failed(failure);
        } catch (UncheckedIOException failure) {
            throw unreadable(new IOException(failure.getMessage(), failure));
        } finally {
            reading = null;
            session.close();
        }
    }

    /** The problem of files in which the log is put aside. */
    static ProblemException unreadable(IOException failure) {
        return Problem.of("E_LOG_SPOOL", ProblemKind.RESOURCE, "the log could not be put aside, or read from there")
                .because(failure.getMessage())
                .fix("make room in the directory for temporary files")
                .exception(failure);
    }

    private String statement() {
        String publication = Quoting.identifier(settings.publication()).replace("'", "''");
        // The end of the reading is a message in the log, so the plugin has to send messages.
        return "START_REPLICATION SLOT " + Quoting.identifier(settings.slot())
                + " LOGICAL 0/0 (proto_version '1', binary 'true', messages 'true', publication_names '" + publication
                + "')";
    }

    private static void read(LogFeed feed, Spools spools) throws IOException {
        WireInput in = feed.in();
        byte[] begin = NOTHING;
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
                    if (LogMessage.committedAt(begin) >= spools.end()) {
                        return;
                    }
                }
                case LogMessage.RELATION, LogMessage.INSERT, LogMessage.UPDATE, LogMessage.DELETE -> {
                    int table = in.readInt();
                    if (type != LogMessage.RELATION) {
                        spools.of(table).begin(transactions, begin);
                    }
                    spools.add(table, LogMessage.head(type, table), in, left - 4);
                }
                case LogMessage.TRUNCATE -> {
                    int tables = in.readInt();
                    in.readByte();
                    for (int i = 0; i < tables; i++) {
                        int table = in.readInt();
                        spools.of(table).begin(transactions, begin);
                        spools.add(table, LogMessage.head(type, table), in, 0);
                    }
                }
                default -> in.skipFully(left);
            }
        }
    }

    @Override
    public void close() {
        PgSession session = reading;
        if (session != null) {
            session.cancel();
        }
        lock.lock();
        try {
            made.forEach(Spools::close);
            made.clear();
        } finally {
            lock.unlock();
        }
    }
}
