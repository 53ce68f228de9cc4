package dev.sluice.bench.lab;

import dev.sluice.bench.process.ServerCpu;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresOptions;
import dev.sluice.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A PostgreSQL of the bench with a database to read and one to write; set up as one for real data is. */
public final class Databases implements AutoCloseable {
    /** Commits are durable; statistics and checkpoints happen only when the bench asks for them. */
    private static final PostgresOptions OPTIONS = PostgresOptions.DEFAULTS
            .withDurability()
            .with("shared_buffers", "2GB")
            .with("max_wal_size", "12GB")
            .with("checkpoint_timeout", "1h")
            .with("autovacuum", "off")
            .with("jit", "off");

    private final PostgresServer server;
    private final PostgresDatabase source;
    private final PostgresDatabase destination;
    private final Set<String> filled = new HashSet<>();

    private Databases(PostgresServer server) {
        this.server = server;
        this.source = server.createDatabase();
        this.destination = server.createDatabase();
    }

    static Databases start() {
        return new Databases(PostgresServer.start(OPTIONS));
    }

    /** The database that is read. */
    public PostgresDatabase source() {
        return source;
    }

    /** The database that is written. */
    public PostgresDatabase destination() {
        return destination;
    }

    /** The version of the server. */
    public String version() {
        return "PostgreSQL " + source.value("SHOW server_version");
    }

    /** The address of a database for the program under test. */
    public static String uri(PostgresDatabase database) {
        return "postgres://" + database.superuser().user() + ":"
                + database.superuser().password() + "@" + database.host() + ":" + database.port() + "/"
                + database.name();
    }

    /** What psql finds in its environment. */
    Map<String, String> environment() {
        return Map.of(
                "PGHOST", server.host(),
                "PGPORT", Integer.toString(server.port()),
                "PGUSER", server.superuser().user(),
                "PGPASSWORD", server.superuser().password(),
                "PGDATABASE", source.name());
    }

    /** What measures the server. */
    ServerCpu cpu() {
        String directory = String.valueOf(source.value("SHOW data_directory"));
        try {
            return new ServerCpu(Long.parseLong(
                    Files.readAllLines(Path.of(directory, "postmaster.pid")).getFirst()));
        } catch (IOException failed) {
            throw new IllegalStateException("the server has no pid file", failed);
        }
    }

    /** Makes a table in the source once, with and without Airbyte's columns, as a table is that has come to rest. */
    public void fill(BenchTable table, long rows) {
        if (!filled.add(table.table())) {
            return;
        }
        // The seed holds for a session, so both statements go into one.
        source.execute(
                table.create(table.table()),
                "SELECT setseed(0.42); " + table.fill(table.table(), 1, rows),
                table.createWithMeta(table.tableWithMeta()),
                table.fillWithMeta(table.tableWithMeta(), table.table()),
                "VACUUM (FREEZE, ANALYZE) " + table.table(),
                "VACUUM (FREEZE, ANALYZE) " + table.tableWithMeta());
    }

    /**
     * Makes tables like orders in a schema of their own, {@code t_0} and so on, each with a primary key.
     *
     * @param rows the rows of each
     */
    public void fillMany(String schema, int tables, long rows) {
        StringBuilder statements = new StringBuilder("CREATE SCHEMA " + schema);
        for (int i = 0; i < tables; i++) {
            String table = schema + ".t_" + i;
            statements
                    .append("; ")
                    .append(BenchTable.ORDERS.create(table))
                    .append("; ")
                    .append(BenchTable.ORDERS.fill(table, rows * i + 1, rows * (i + 1)))
                    .append("; ALTER TABLE ")
                    .append(table)
                    .append(" ADD PRIMARY KEY (id)");
        }
        source.execute(statements.toString(), "VACUUM (FREEZE, ANALYZE)");
    }

    /** The rows of all tables that {@link #fillMany} made, as the destination has them. */
    public long rowsOfMany(String schema, int tables) {
        StringBuilder query = new StringBuilder("SELECT 0");
        for (int i = 0; i < tables; i++) {
            query.append(" + (SELECT count(*) FROM ")
                    .append(schema)
                    .append(".t_")
                    .append(i)
                    .append(")");
        }
        return destination.number(query.toString());
    }

    /** Empties the destination as if nothing had ever been written to it, and lets the server finish its writing. */
    public void emptyDestination() {
        for (var row : destination.query(
                "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <>" + " 'information_schema'")) {
            destination.execute("DROP SCHEMA \"" + row.getFirst() + "\" CASCADE");
        }
        destination.execute("CREATE SCHEMA public", "CHECKPOINT");
    }

    @Override
    public void close() {
        server.close();
    }
}
