package dev.sluice.cli.state;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/**
 * An open state file: one connection that threads share by taking turns, and the migrations of its tables.
 *
 * <p>Write-ahead log with full synchronisation: a transaction that returned survives the loss of power.
 */
final class StateDatabase implements AutoCloseable {
    /** "SLUI": tells a state file from the databases of other programs. */
    private static final int APPLICATION = 0x534c5549;

    private final Path file;
    private final Connection connection;
    private final ReentrantLock turn = new ReentrantLock();

    private StateDatabase(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** What is done in one turn, and for changes in one transaction. */
    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /** Reads a row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Opens a state file, makes it if it is missing, and brings it to the newest version. */
    static StateDatabase open(Path file) {
        try {
            Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
            try {
                StateDatabase database = new StateDatabase(file, connection);
                database.prepare();
                return database;
            } catch (SQLException | RuntimeException failure) {
                connection.close();
                throw failure;
            }
        } catch (SQLException cause) {
            throw StateProblems.of(cause, file);
        }
    }

    /** Reads. */
    <T extends @Nullable Object> T read(Work<T> work) {
        turn.lock();
        try {
            return work.on(connection);
        } catch (SQLException cause) {
            throw StateProblems.of(cause, file);
        } finally {
            turn.unlock();
        }
    }

    /** Changes everything or nothing; durable when it returns. */
    <T extends @Nullable Object> T change(Work<T> work) {
        turn.lock();
        try {
            return inTransaction(work);
        } catch (SQLException cause) {
            throw StateProblems.of(cause, file);
        } finally {
            turn.unlock();
        }
    }

    /** Runs a statement. */
    static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    /** The rows of a query. */
    static <T> List<T> query(Connection connection, RowReader<T> reader, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
            return rows;
        }
    }

    static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            connection.close();
        } catch (SQLException cause) {
            throw StateProblems.of(cause, file);
        } finally {
            turn.unlock();
        }
    }

    private <T extends @Nullable Object> T inTransaction(Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException failure) {
            connection.rollback();
            throw failure;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void prepare() throws SQLException {
        execute("PRAGMA busy_timeout = 5000");
        execute("PRAGMA foreign_keys = ON");
        int version = pragma("user_version");
        int application = pragma("application_id");
        boolean isNew = version == 0 && application == 0 && pragma("schema_version") == 0;
        if (!isNew && application != APPLICATION) {
            throw StateProblems.foreign(file);
        }
        if (version > Migrations.ALL.size()) {
            throw StateProblems.newer(file, version, Migrations.ALL.size());
        }
        execute("PRAGMA journal_mode = WAL");
        execute("PRAGMA synchronous = FULL");
        for (int next = version; next < Migrations.ALL.size(); next++) {
            migrate(next);
        }
    }

    private void migrate(int from) throws SQLException {
        inTransaction(open -> {
            if (pragma("user_version") == from) { // another process may have been faster
                for (String statement : Migrations.ALL.get(from)) {
                    execute(statement);
                }
                execute("PRAGMA application_id = " + APPLICATION);
                execute("PRAGMA user_version = " + (from + 1));
            }
            return null;
        });
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int pragma(String name) throws SQLException {
        return query(connection, row -> row.getInt(1), "PRAGMA " + name).getFirst();
    }
}
