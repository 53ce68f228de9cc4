package dev.sluice.dist.product;

import dev.sluice.testkit.fault.TcpProxy;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyProduct;
import dev.sluice.testkit.postgres.PostgresDatabase;

/** Sources and destinations as project files and command lines name them. */
public final class Endpoints {
    private Endpoints() {}

    /** The options that lead to a database, as they stand in braces. */
    public static String login(PostgresDatabase database) {
        return login(database, database.host(), database.port());
    }

    /** The same through a network of the test. */
    public static String login(PostgresDatabase database, TcpProxy network) {
        return login(database, network.host(), network.port());
    }

    /** A database as the value of {@code source:} or {@code destination:}. */
    public static String postgres(String options) {
        return "{connector: postgres, config: {" + options + "}}";
    }

    private static String login(PostgresDatabase database, String host, int port) {
        return login(
                        host,
                        port,
                        database.superuser().user(),
                        database.superuser().password()) + ", database: " + database.name();
    }

    /** The options that lead to a server of MySQL or MariaDB. */
    public static String login(MyDatabase database) {
        String login = login(
                database.host(),
                database.port(),
                database.superuser().user(),
                database.superuser().password());
        return database.product() == MyProduct.MYSQL
                ? login + ", driver_properties: {allowPublicKeyRetrieval: \"true\"}"
                : login;
    }

    private static String login(String host, int port, String user, String password) {
        return "host: %s, port: %d, username: %s, password: %s".formatted(host, port, user, password);
    }

    /** A server of MySQL or MariaDB as the value of {@code source:} or {@code destination:}. */
    public static String mysql(String options) {
        return "{connector: mysql, config: {" + options + "}}";
    }
}
