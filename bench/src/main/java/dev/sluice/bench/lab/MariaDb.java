package dev.sluice.bench.lab;

import dev.sluice.bench.process.ServerCpu;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyOptions;
import dev.sluice.testkit.mysql.MyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A MariaDB of the bench with a database to read and one to write, its commits durable as those of real data are. */
public final class MariaDb implements AutoCloseable {
    /** What {@code mariadb} finds its server by, in the folder where programs run. */
    private static final String CLIENT_FILE = "mariadb.cnf";

    private static final MyOptions OPTIONS = MyOptions.DEFAULTS
            .withDurability()
            .with("innodb-buffer-pool-size", "2G")
            .with("innodb-log-file-size", "4G")
            .with("local-infile", "1")
            .with("default-time-zone", "+00:00");

    /** The table orders with the types that MariaDB has for it. */
    private static final String ORDERS = """
        id bigint, customer_id int, product_id int, quantity int, sku varchar(16), price decimal(12,2),
        tax decimal(12,2), note text, email varchar(80), paid tinyint(1), ordered_on date, updated_at timestamp(6) NULL,
        attrs json, uid uuid\
        """;

    private final MyServer server;
    private final MyDatabase source;
    private final MyDatabase destination;

    private MariaDb(MyServer server) {
        this.server = server;
        this.source = server.createDatabase();
        this.destination = server.createDatabase();
    }

    /**
     * Starts it.
     *
     * @param work where programs run
     */
    static MariaDb start(Path work) {
        MariaDb started = new MariaDb(MyServer.start(OPTIONS));
        try {
            Files.writeString(work.resolve(CLIENT_FILE), """
                [client]
                host=%s
                port=%d
                user=%s
                password=%s
                default-character-set=utf8mb4
                skip-ssl
                """.formatted(
                            started.server.host(),
                            started.server.port(),
                            started.server.superuser().user(),
                            started.server.superuser().password()));
        } catch (IOException failed) {
            throw new IllegalStateException("cannot write " + CLIENT_FILE, failed);
        }
        return started;
    }

    /** The database that is read. */
    public MyDatabase source() {
        return source;
    }

    /** The database that is written. */
    public MyDatabase destination() {
        return destination;
    }

    /** The version of the server. */
    public String version() {
        return "MariaDB " + source.value("SELECT version()");
    }

    /** What measures the server. */
    ServerCpu cpu() {
        return new ServerCpu(server.pid());
    }

    /** The address of a database for the program under test. */
    public static String uri(MyDatabase database) {
        return "mariadb://" + database.superuser().user() + ":"
                + database.superuser().password() + "@" + database.host() + ":" + database.port() + "/"
                + database.name();
    }

    /** The command line of the client that comes with the server, without its arguments. */
    public String client() {
        return server.client() + " --defaults-file=" + CLIENT_FILE;
    }

    /** A table orders without rows. */
    public static String createOrders(String name) {
        return "CREATE TABLE " + name + " (" + ORDERS + ")";
    }

    /** Makes the destination empty, from a connection to the source, as if nothing had ever been written to it. */
    public void emptyDestination() {
        for (String name : new String[] {destination.name(), "sluice_internal"}) {
            source.execute("DROP DATABASE IF EXISTS " + name);
        }
        source.execute("CREATE DATABASE " + destination.name());
    }

    @Override
    public void close() {
        server.close();
    }
}
