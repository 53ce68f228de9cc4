package dev.sluice.connector.sqlite.destination;

import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.cdk.sql.SqlSession;
import dev.sluice.connector.sqlite.session.FileSession;
import dev.sluice.connector.sqlite.session.SqliteFile;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session for writing. The file is opened when it is first needed, so that a plan makes none.
 *
 * <p>SQLite has one lock for all that write. So a transaction begins in earnest with its first statement about the
 * database, and then at once as the one that writes; until then rows are collected in temporary tables, for which nobody
 * has to wait. A transaction that began as a reader could fail for the mere reason that another one committed meanwhile.
 */
final class WritingSession implements SqlSession {
    private final SqliteFile file;
    private final boolean wal;
    private final Set<String> locks = new HashSet<>();
    private volatile @Nullable FileSession opened;
    private volatile boolean closed;
    private boolean intended;
    private boolean begun;

    WritingSession(SqliteFile file, boolean wal) {
        this.file = file;
        this.wal = wal;
    }

    /** The connection, for what is about temporary tables only. */
    FileSession connection() {
        FileSession session = opened;
        if (session == null) {
            if (closed) {
                throw new IllegalStateException("the session is closed");
            }
            session = file.openForWriting();
            Orders.addTo(session);
            if (wal) {
                session.query("PRAGMA journal_mode = WAL");
            }
            opened = session;
        }
        if (session.isBroken()) {
            throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the writing was stopped")
                    .at(session.place())
                    .exception();
        }
        return session;
    }

    /** The connection within the transaction that is meant, for what is about the database. */
    private FileSession inTransaction() {
        FileSession session = connection();
        if (intended && !begun) {
            session.beginWriting();
            begun = true;
        }
        return session;
    }

    /** True if the transaction has begun in earnest. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public void execute(String sql) {
        boolean temporary =
                sql.startsWith(SqliteDialect.CREATE_TEMPORARY) || sql.startsWith(SqliteDialect.DROP_TEMPORARY);
        (temporary ? connection() : inTransaction()).execute(sql);
    }

    @Override
    public long update(String sql, @Nullable Object... parameters) {
        return inTransaction().update(sql, parameters);
    }

    @Override
    public List<SqlRow> query(String sql, @Nullable Object... parameters) {
        return inTransaction().query(sql, parameters);
    }

    @Override
    public void begin() {
        intended = true;
    }

    @Override
    public void commit() {
        intended = false;
        if (begun) {
            connection().commit();
            begun = false;
        }
    }

    @Override
    public void rollback() {
        intended = false;
        if (begun) {
            begun = false;
            connection().rollback();
        }
    }

    @Override
    public void cancel() {
        FileSession session = opened;
        if (session != null) {
            session.cancel();
        }
    }

    @Override
    public boolean isUsable() {
        FileSession session = opened;
        return !closed && !intended && (session == null || session.isUsable());
    }

    boolean tryLock(String key) {
        String name = file.path() + " " + key;
        boolean taken = TargetLocks.ofThisProcess().take(name);
        if (taken) {
            locks.add(name);
        }
        return taken;
    }

    void unlock(String key) {
        String name = file.path() + " " + key;
        if (locks.remove(name)) {
            TargetLocks.ofThisProcess().giveBack(name);
        }
    }

    @Override
    public void close() {
        closed = true;
        locks.forEach(TargetLocks.ofThisProcess()::giveBack);
        locks.clear();
        FileSession session = opened;
        if (session != null) {
            session.close();
        }
    }
}
