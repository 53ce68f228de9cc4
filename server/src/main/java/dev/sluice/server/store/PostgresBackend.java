package dev.sluice.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.spi.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL, which several servers may share. */
final class PostgresBackend implements Backend {
    /** Tells the lock of those who change the tables from other locks of the database. */
    private static final long TABLES = 0x736c756963650001L;

    private static final int WRITERS = 8;
    private static final int READERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SERIALIZATION = "40001";
    private static final String DEADLOCK = "40P01";

    private final StoreLocation.Postgres location;
    private final HikariDataSource writer;
    private final HikariDataSource reader;

    private PostgresBackend(StoreLocation.Postgres location) {
        this.location = location;
        writer = pool("writer", WRITERS, false);
        reader = pool("reader", READERS, true);
    }

    static PostgresBackend open(StoreLocation.Postgres location) {
        return new PostgresBackend(location);
    }

    private HikariDataSource pool(String name, int size, boolean readOnly) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(location.url());
        if (location.user() != null) {
            source.setUser(location.user());
        }
        if (location.password() != null) {
            source.setPassword(location.password());
        }
        source.setApplicationName("sluice");
        source.setStringType("unspecified"); // texts become ids and documents where a column is one
        source.setTcpKeepAlive(true);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("store " + name);
        pool.setDataSource(source);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(0);
        pool.setReadOnly(readOnly);
        pool.setTransactionIsolation(readOnly ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_READ_COMMITTED");
        pool.setConnectionTimeout(PATIENCE.toMillis());
        pool.setInitializationFailTimeout(-1); // the first use says what is wrong
        return new HikariDataSource(pool);
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRES;
    }

    @Override
    public Connection connect() throws SQLException {
        return writer.getDataSource().getConnection();
    }

    @Override
    public HikariDataSource writer() {
        return writer;
    }

    @Override
    public HikariDataSource reader() {
        return reader;
    }

    @Override
    public void reserve(Connection connection) throws SQLException {
        execute(connection, "SELECT pg_advisory_lock(" + TABLES + ")");
    }

    @Override
    public void release(Connection connection) throws SQLException {
        execute(connection, "SELECT pg_advisory_unlock(" + TABLES + ")");
    }

    @Override
    public List<String> tables(Connection connection) throws SQLException {
        return new Transaction(connection, Dialect.POSTGRES)
                .all(
                        row -> row.text("tablename"),
                        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename");
    }

    /** Copies the tables into a schema of their own, which takes the place of a copy of the same version. */
    @Override
    public void backUp(Connection connection, int version) throws SQLException {
        String schema = new Transaction(connection, Dialect.POSTGRES)
                .first(
                        row -> row.text("name"),
                        "SELECT quote_ident(current_schema() || '_version_" + version + "') AS name")
                .orElseThrow();
        List<String> tables = tables(connection);
        connection.setAutoCommit(false);
        try {
            execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            execute(connection, "DROP SCHEMA IF EXISTS " + schema + " CASCADE");
            execute(connection, "CREATE SCHEMA " + schema);
            for (String table : tables) {
                String name = '"' + table.replace("\"", "\"\"") + '"';
                execute(connection, "CREATE TABLE " + schema + "." + name + " AS TABLE " + name);
            }
            connection.commit();
        } catch (SQLException failure) {
            connection.rollback();
            throw failure;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public String place() {
        return location.toString();
    }

    @Override
    public boolean isPassing(SQLException cause) {
        return Set.of(SERIALIZATION, DEADLOCK).contains(state(cause));
    }

    @Override
    public ProblemException problem(SQLException cause) {
        String state = state(cause);
        String group = state.length() < 2 ? "" : state.substring(0, 2);
        return switch (group) {
            case "08", "57" -> StoreProblems.unreachable(place(), cause);
            case "28" -> StoreProblems.refused(place(), cause);
            case "23" -> StoreProblems.conflicting(place(), cause);
            case "40" -> StoreProblems.busy(place(), cause);
            case "53" -> StoreProblems.full(place(), cause);
            case "42" ->
                "42501".equals(state) ? StoreProblems.refused(place(), cause) : StoreProblems.other(place(), cause);
            default -> StoreProblems.other(place(), cause);
        };
    }

    /** The pool wraps what kept it from connecting. */
    private static String state(SQLException cause) {
        Throwable inner = cause;
        String state = "";
        while (inner instanceof SQLException failure) {
            state = failure.getSQLState() == null ? state : failure.getSQLState();
            inner = failure.getCause();
        }
        return state;
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
