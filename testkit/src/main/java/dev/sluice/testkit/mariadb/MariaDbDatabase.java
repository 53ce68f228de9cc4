package dev.sluice.testkit.mariadb;

import dev.sluice.testkit.sql.SqlServerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/** A fresh, empty database of a test, with a superuser and an account that may log in and nothing else. */
public final class MariaDbDatabase extends SqlServerDatabase {
    private static final Driver DRIVER = new Driver();

    private final MariaDbServer server;
    private final String name;
    private final MariaDbLogin unprivileged;

    MariaDbDatabase(MariaDbServer server, String name, MariaDbLogin unprivileged) {
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

    /** An account that may do everything. */
    public MariaDbLogin superuser() {
        return server.superuser();
    }

    /** An account that may log in; it was granted nothing. No other database has it. */
    public MariaDbLogin unprivileged() {
        return unprivileged;
    }

    @Override
    public Connection connect() throws SQLException {
        return connect(superuser());
    }

    /** A new connection of this account, with auto-commit; the caller closes it. */
    public Connection connect(MariaDbLogin login) throws SQLException {
        return connect(host(), port(), name, login);
    }

    /** Ends all other connections to this database, as an administrator or a failing network would. */
    public void cutConnections() {
        query("SELECT ID FROM information_schema.PROCESSLIST WHERE DB = '" + name + "' AND ID <> CONNECTION_ID()")
                .forEach(row -> {
                    try {
                        execute("KILL CONNECTION " + row.getFirst());
                    } catch (IllegalStateException goneAlready) {
                        Objects.requireNonNull(goneAlready.getMessage());
                    }
                });
    }

    /** Drops the database and its account. */
    @Override
    public void close() {
        server.drop(this);
    }

    static Connection connect(String host, int port, String database, MariaDbLogin login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("sslMode", "disable");
        String url = "jdbc:mariadb://" + host + ":" + port + "/" + database;
        return Objects.requireNonNull(DRIVER.connect(url, properties));
    }
}
