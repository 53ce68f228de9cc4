package dev.sluice.dist.product;

import dev.sluice.testkit.fault.TcpProxy;
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
        return "host: %s, port: %d, database: %s, username: %s, password: %s"
                .formatted(
                        host,
                        port,
                        database.name(),
                        database.superuser().user(),
                        database.superuser().password());
    }
}
