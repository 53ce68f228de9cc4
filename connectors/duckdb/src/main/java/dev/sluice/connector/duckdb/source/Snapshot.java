package dev.sluice.connector.duckdb.source;

import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Connections that all see the database as it was at one moment. Thread-safe.
 *
 * <p>A file that is open for reading only stands still: DuckDB's lock keeps every writer away, so each connection sees the
 * same. If this process writes the file as well, in another sync, the database is shared with that one. Then a fixed number
 * of transactions is begun, and DuckDB's own count of transactions proves that nothing was committed in between: it grows
 * by one with each beginning and each commit, so the numbers of the transactions follow each other without a gap. If
 * others are so busy that there is a gap each time, one connection reads alone.
 */
final class Snapshot implements AutoCloseable {
    private static final int CONNECTIONS_BESIDE_WRITERS = 4;
    private static final int ATTEMPTS = 20;

    private final DuckDb database;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final Deque<DuckDbConnection> idle = new ArrayDeque<>();
    private final int size;

    private Snapshot(DuckDb database, List<DuckDbConnection> connections) {
        this.database = database;
        this.idle.addAll(connections);
        this.size = connections.size();
    }

    /** A snapshot of a database, which is closed with it. */
    static Snapshot of(DuckDb database) {
        return new Snapshot(database, database.isReadOnly() ? List.of() : transactions(database));
    }

    private static List<DuckDbConnection> transactions(DuckDb database) {
        List<DuckDbConnection> connections = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS_BESIDE_WRITERS; i++) {
            connections.add(database.connect());
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (beginWithoutGap(connections)) {
                return connections;
            }
            connections.forEach(DuckDbConnection::rollback);
        }
        connections.subList(1, connections.size()).forEach(DuckDbConnection::close);
        connections.getFirst().begin();
        transactionNumber(connections.getFirst());
        return List.of(connections.getFirst());
    }

    private static boolean beginWithoutGap(List<DuckDbConnection> connections) {
        long first = 0;
        for (int i = 0; i < connections.size(); i++) {
            connections.get(i).begin();
            long number = transactionNumber(connections.get(i));
            if (i == 0) {
                first = number;
            } else if (number != first + i) {
                return false;
            }
        }
        return true;
    }

    /** The number of the connection's transaction, which takes its snapshot now if it has none yet. */
    private static long transactionNumber(DuckDbConnection connection) {
        return Long.parseLong(String.valueOf(
                connection.rows("SELECT txid_current()").getFirst().getFirst()));
    }

    DuckDb database() {
        return database;
    }

    /** True if as many connections see the snapshot as anybody wants. */
    boolean isUnlimited() {
        return database.isReadOnly();
    }

    /** How many connections there are when their number is limited. */
    int size() {
        return size;
    }

    /** A connection that sees the snapshot; waits for one if their number is limited. */
    DuckDbConnection borrow() {
        lock.lock();
        try {
            while (!isUnlimited() && idle.isEmpty()) {
                returned.awaitUninterruptibly();
            }
            DuckDbConnection connection = idle.poll();
            return connection == null ? database.connect() : connection;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a connection back that has nothing open. */
    void giveBack(DuckDbConnection connection) {
        lock.lock();
        try {
            idle.push(connection);
            returned.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of the connections and the file. */
    @Override
    public void close() {
        database.close();
    }
}
