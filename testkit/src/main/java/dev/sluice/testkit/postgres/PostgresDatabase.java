package dev.sluice.testkit.postgres;

import dev.sluice.testkit.sql.SqlServerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh, empty database of a test, with a superuser and a role that may log in and nothing else. Methods may be called
 * by several threads at once; each call has a connection of its own.
 */
public final class PostgresDatabase extends SqlServerDatabase {
    private final PostgresServer server;
    private final String name;
    private final PostgresLogin unprivileged;

    PostgresDatabase(PostgresServer server, String name, PostgresLogin unprivileged) {
        this.server = server;
        this.name = name;
        this.unprivileged = unprivileged;
    }

    @Override
    public String host() {
        return server.host();
    }

    @Override
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

    @Override
    public Connection connect() throws SQLException {
        return connect(superuser());
    }

    /** A new connection of this role, with auto-commit; the caller closes it. */
    public Connection connect(PostgresLogin login) throws SQLException {
        return dataSource(host(), port(), name, login).getConnection();
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
}
