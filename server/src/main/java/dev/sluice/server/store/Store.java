package dev.sluice.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where the server keeps what it knows. Threads may share it.
 *
 * <p>Failures of the database are problems with codes that begin with {@code E_CONTROL}.
 */
public final class Store implements AutoCloseable {
    private static final int TRIES = 3;

    /** The store that the code around is changing. */
    private static final ScopedValue<Store> CHANGING = ScopedValue.newInstance();

    private final Backend backend;

    private Store(Backend backend) {
        this.backend = backend;
    }

    /** What is done in one transaction. */
    public interface Work<T extends @Nullable Object> {
        /** Does it; may be called again from the beginning if the database could not do it along with others. */
        T in(Transaction transaction) throws SQLException;
    }

    /** Changes that return nothing. */
    public interface Change {
        /** Does it; may be called again, as {@link Work#in}. */
        void in(Transaction transaction) throws SQLException;
    }

    /**
     * Opens a store, makes it if it is missing, and brings its tables to the newest version.
     *
     * @param clock the time for its history
     */
    public static Store open(StoreLocation location, Clock clock) {
        return open(location, Migration.all(), clock);
    }

    static Store open(StoreLocation location, List<Migration> migrations, Clock clock) {
        Backend backend = switch (location) {
            case StoreLocation.Directory directory -> SqliteBackend.open(directory.path());
            case StoreLocation.Postgres postgres -> PostgresBackend.open(postgres);
        };
        try {
            new Migrator(backend, migrations, clock).migrate();
            return new Store(backend);
        } catch (SQLException cause) {
            backend.close();
            throw backend.problem(cause);
        } catch (RuntimeException failure) {
            backend.close();
            throw failure;
        }
    }

    /** Reads; all statements see the store at one moment. */
    public <T extends @Nullable Object> T read(Work<T> work) {
        try {
            return inTransaction(backend.reader(), work);
        } catch (SQLException cause) {
            throw backend.problem(cause);
        }
    }

    /**
     * Changes everything or nothing, and returns what the work returns; durable then.
     *
     * @throws IllegalStateException within another change, which would wait for a connection that it holds itself
     */
    public <T extends @Nullable Object> T compute(Work<T> work) {
        if (CHANGING.isBound() && CHANGING.get() == this) {
            throw new IllegalStateException("a change within a change");
        }
        for (int tried = 1; ; tried++) {
            try {
                return ScopedValue.where(CHANGING, this).call(() -> inTransaction(backend.writer(), work));
            } catch (SQLException cause) {
                if (tried == TRIES || !backend.isPassing(cause)) {
                    throw backend.problem(cause);
                }
            }
        }
    }

    /** Changes everything or nothing; durable when it returns. */
    public void change(Change change) {
        Work<@Nullable Object> work = transaction -> {
            change.in(transaction);
            return null;
        };
        compute(work);
    }

    /** Connections for libraries that bring their own statements along; not to be asked for within a transaction. */
    public DataSource connections() {
        return backend.writer();
    }

    /** How the database calls things. */
    public Dialect dialect() {
        return backend.dialect();
    }

    /** Where the store is, for people; without credentials. */
    public String place() {
        return backend.place();
    }

    private <T extends @Nullable Object> T inTransaction(DataSource source, Work<T> work) throws SQLException {
        Transaction transaction;
        T result;
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                transaction = new Transaction(connection, backend.dialect());
                result = work.in(transaction);
                connection.commit();
            } catch (SQLException | RuntimeException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        }
        transaction.committed();
        return result;
    }

    @Override
    public void close() {
        backend.close();
    }
}
