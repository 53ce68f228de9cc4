package dev.sluice.testkit.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh, empty database of a test, with a superuser and a role that may log in and nothing else. Methods may be called
 * by several threads at once; each call has a connection of its own.
 */
public final class PostgresDatabase implements AutoCloseable {
    private final PostgresServer server;
    private final String name;
    private final PostgresLogin unprivileged;

    PostgresDatabase(PostgresServer server, String name, PostgresLogin unprivileged) {
        this.server = server;
        this.name = name;
        this.unprivileged = unprivileged;
    }

    /** The address of the server, an IPv4 address. */
    public String host() {
        return server.host();
    }

    /** The TCP port of the server. */
    public int port() {
        return server.port();
    }

    /** The name of the database. */
    public String name() {
        return name;
    }

    /** A role that may do everything. */
    public PostgresLogin superuser() {
        return server.superuser();
    }

    /** A role that may log in; it owns nothing and was granted nothing. No other database has it. */
    public PostgresLogin unprivileged() {
        return unprivileged;
    }

    /** A new connection of the superuser, with auto-commit; the caller closes it. */
    public Connection connect() throws SQLException {
        return connect(superuser());
    }

    /** A new connection of this role, with auto-commit; the caller closes it. */
    public Connection connect(PostgresLogin login) throws SQLException {
        return dataSource(host(), port(), name, login).getConnection();
    }

    /**
     * Runs statements as the superuser, each in a transaction of its own.
     *
     * @throws IllegalStateException if one fails; the message holds the statement
     */
    public void execute(String... statements) {
        for (String sql : statements) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failed) {
                throw failure(sql, failed);
            }
        }
    }

    /**
     * The rows of a query as the superuser, each value in the server's own text form.
     *
     * @throws IllegalStateException if it fails; the message holds the query
     */
    public List<List<@Nullable String>> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException failed) {
            throw failure(sql, failed);
        }
    }

    /** The only value of the only row of a query, as text. */
    public @Nullable String value(String sql) {
        List<List<@Nullable String>> rows = query(sql);
        if (rows.size() != 1 || rows.getFirst().size() != 1) {
            throw new IllegalStateException("not one value but " + rows + ": " + sql);
        }
        return rows.getFirst().getFirst();
    }

    /** The only value of the only row of a query, as a whole number. */
    public long number(String sql) {
        String value = value(sql);
        if (value == null) {
            throw new IllegalStateException("no number but NULL: " + sql);
        }
        return Long.parseLong(value);
    }

    /** Ends all other connections to this database, as an administrator or a failing network would. */
    public void cutConnections() {
        query("SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND pid <> pg_backend_pid()");
    }

    /** Drops the database and its role, whoever still uses them. */
    @Override
    public void close() {
        server.drop(this);
    }

    static PGSimpleDataSource dataSource(String host, int port, String database, PostgresLogin login) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(login.user());
        source.setPassword(login.password());
        source.setApplicationName("sluice-testkit");
        return source;
    }

    private static IllegalStateException failure(String sql, SQLException failed) {
        return new IllegalStateException(failed.getMessage() + "\nin: " + sql, failed);
    }
}
