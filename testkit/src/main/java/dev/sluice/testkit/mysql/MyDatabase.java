package dev.sluice.testkit.mysql;

import dev.sluice.testkit.sql.SqlServerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/** A fresh, empty database of a test, with a superuser and an account that may log in and nothing else. */
public final class MyDatabase extends SqlServerDatabase {
    private static final Driver DRIVER = new Driver();

    private final MyServer server;
    private final String name;
    private final MyLogin unprivileged;

    MyDatabase(MyServer server, String name, MyLogin unprivileged) {
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

    /** The product that has it. */
    public MyProduct product() {
        return server.product();
    }

    /** What stands behind FROM to get the whole numbers from 1 on, in a column {@code seq}. */
    public String numbersTo(int last) {
        return product() == MyProduct.MARIADB
                ? "seq_1_to_" + last
                : "(WITH RECURSIVE s AS (SELECT 1 AS seq UNION ALL SELECT seq + 1 FROM s WHERE seq < " + last
                        + ") SELECT seq FROM s) AS numbers";
    }

    /** The name of the database. */
    public String name() {
        return name;
    }

    /** An account that may do everything. */
    public MyLogin superuser() {
        return server.superuser();
    }

    /** An account that may log in; it was granted nothing. No other database has it. */
    public MyLogin unprivileged() {
        return unprivileged;
    }

    @Override
    public Connection connect() throws SQLException {
        return connect(superuser());
    }

    /** A new connection of this account, with auto-commit; the caller closes it. */
    public Connection connect(MyLogin login) throws SQLException {
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

    static Connection connect(String host, int port, String database, MyLogin login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("sslMode", "disable");
        properties.setProperty("allowPublicKeyRetrieval", "true");
        String url = "jdbc:mariadb://" + host + ":" + port + "/" + database;
        return Objects.requireNonNull(DRIVER.connect(url, properties));
    }
}
