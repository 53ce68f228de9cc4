package dev.sluice.duckdb;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open database. All methods may be called by several threads.
 *
 * <p>All who open one file in this process share one DuckDB instance, for DuckDB's locks on the file keep other processes
 * away but not a second instance in the same one. The instance is closed with the last who has it open. The settings of
 * the first one count.
 */
public final class DuckDb implements AutoCloseable {
    private final Instance instance;
    private final Set<DuckDbConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    private DuckDb(Instance instance) {
        this.instance = instance;
    }

    /**
     * Opens a database.
     *
     * @throws dev.sluice.spi.problem.ProblemException with a code that begins with {@code E_DUCKDB}: another process has
     *     the file open ({@code _LOCKED}), this process reads it and cannot write now ({@code _READING}), it is no
     *     database ({@code _NOT_A_DATABASE}), a newer DuckDB wrote it ({@code _FORMAT}), it does not exist ({@code
     *     _NOT_FOUND}), this user may not open it ({@code _PERMISSION}), a setting is wrong ({@code _SETTING}), the
     *     native library cannot be loaded ({@code _LIBRARY})
     */
    public static DuckDb open(DuckDbOptions options) {
        return new DuckDb(Instance.acquire(options));
    }

    /** The version of the DuckDB library, such as {@code v2.0.0}. Loads it. */
    public static String version() {
        NativeLibrary.symbols();
        return Memory.text(Native.LIBRARY_VERSION.call()).orElse("");
    }

    /** A new connection, which the caller closes. */
    public DuckDbConnection connect() {
        if (closed.get()) {
            throw new IllegalStateException("the database is closed");
        }
        DuckDbConnection connection = new DuckDbConnection(this, instance.connect());
        connections.add(connection);
        return connection;
    }

    /** True if nobody can change the database as long as it is open here. */
    public boolean isReadOnly() {
        return instance.isReadOnly();
    }

    /**
     * The state in which the file was found when it was opened. Empty for a database in memory, and for one that can be
     * written here, whose state changes.
     */
    public Optional<DatabaseStamp> stamp() {
        return instance.isReadOnly() ? instance.stamp() : Optional.empty();
    }

    /** The identifier of the database, or an empty text if it has none; see {@link DatabaseStamp#identifier}. */
    public String identifier() {
        return instance.stamp().map(DatabaseStamp::identifier).orElse("");
    }

    /** The file, for messages; {@code :memory:} if there is none. */
    String place() {
        return instance.place();
    }

    Instance instance() {
        return instance;
    }

    void forget(DuckDbConnection connection) {
        connections.remove(connection);
        instance.unlockAll(connection);
    }

    /** Closes the connections that are left, whatever they are doing, and lets go of the database. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            connections.forEach(DuckDbConnection::close);
            instance.release();
        }
    }

    static Problem setting(String name, String value) {
        return Problem.of("E_DUCKDB_SETTING", ProblemKind.CONFIG, "DuckDB does not take " + value + " for " + name);
    }
}
