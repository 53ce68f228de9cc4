package dev.sluice.dist.system;

import dev.sluice.dist.product.Endpoints;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyServer;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import dev.sluice.testkit.sql.SqlDatabase;
import java.util.List;

/**
 * Two tables on a real server whose cursors are moved by the server: by its clock, and by a sequence.
 *
 * @param database the database that holds them
 * @param source the value of {@code source:}, in which {@code %s} stands for the copy that is made
 * @param namespace the namespace of their streams
 * @param sql how the server says what is needed
 * @param isLogged true if what is new is read from the log of the server, which also tells of deletes
 */
record BusyTables(SqlDatabase database, String source, String namespace, Sql sql, boolean isLogged)
        implements AutoCloseable {
    static final List<String> NAMES = List.of("by_clock", "by_number");

    /** How many rows each table begins with; fewer would be looked at as a whole by each read. */
    static final int ROWS = 4_000;

    /**
     * Expressions of a server.
     *
     * @param started when the transaction, or at least the statement, began
     * @param instant the time at the very moment, also after a wait for a lock
     * @param next the next number of the sequence
     * @param many a table of the numbers {@code i} from 1 to what is put in for {@code %d}
     * @param micros the time stamp {@code at} as microseconds
     * @param old a time stamp of long ago for row {@code i}
     * @param impatience what makes a session give up early where two wait for each other
     */
    record Sql(
            String started, String instant, String next, String many, String micros, String old, String impatience) {}

    /** Tables of the PostgreSQL server that tests share. */
    static BusyTables postgres() {
        return postgres("", false);
    }

    /** The same, of which the log is read. */
    static BusyTables loggedPostgres() {
        return postgres(", replication_method: {method: cdc, replication_slot: slot_%s}", true);
    }

    private static BusyTables postgres(String options, boolean isLogged) {
        PostgresDatabase database = PostgresServer.shared().createDatabase();
        Sql sql = new Sql(
                "now()",
                "clock_timestamp()",
                "nextval('numbers')",
                "(SELECT generate_series(1, %d) AS i) AS many",
                "(extract(epoch FROM at) * 1000000)::bigint",
                "now() - interval '2 days' + i * interval '10 seconds'",
                "SET deadlock_timeout = '20ms'");
        return new BusyTables(
                        database, Endpoints.postgres(Endpoints.login(database) + options), "public", sql, isLogged)
                .filled("timestamptz");
    }

    /** Tables of the MariaDB server that tests share. */
    static BusyTables mariaDb() {
        return mariaDb("", false);
    }

    /** The same, of which the log is read. */
    static BusyTables loggedMariaDb() {
        return mariaDb(", replication_method: {method: cdc}", true);
    }

    private static BusyTables mariaDb(String options, boolean isLogged) {
        MyDatabase database = MyServer.shared().createDatabase();
        Sql sql = new Sql(
                "NOW(6)",
                "SYSDATE(6)",
                "NEXTVAL(numbers)",
                "(SELECT seq AS i FROM seq_1_to_%d) AS many",
                "CAST(UNIX_TIMESTAMP(at) * 1000000 AS SIGNED)",
                "NOW(6) - INTERVAL 2 DAY + INTERVAL 10 * i SECOND",
                "SET innodb_lock_wait_timeout = 30");
        String source = Endpoints.mysql(Endpoints.login(database) + ", database: " + database.name() + options);
        return new BusyTables(database, source, database.name(), sql, isLogged).filled("timestamp(6)");
    }

    private BusyTables filled(String moment) {
        database.execute("CREATE SEQUENCE numbers");
        for (String table : NAMES) {
            database.execute(
                    "CREATE TABLE " + table + " (id bigint PRIMARY KEY, at " + moment
                            + " NOT NULL, n bigint NOT NULL, v varchar(60) NOT NULL, price decimal(12,2))",
                    "CREATE INDEX " + table + "_at ON " + table + " (at)",
                    "CREATE INDEX " + table + "_n ON " + table + " (n)",
                    "INSERT INTO " + table + " SELECT i, " + sql.old + ", " + sql.next + ", 'first', i * 0.25 FROM "
                            + sql.many.formatted(ROWS));
        }
        return this;
    }

    /** The name of a stream. */
    String stream(String table) {
        return namespace + "." + table;
    }

    /** Adds rows whose keys follow a number, all of them with the same text. */
    String insert(String table, long after, int count, String text, String price) {
        return "INSERT INTO " + table + " SELECT " + after + " + i, " + sql.started + ", " + sql.next + ", '" + text
                + "', " + price + " FROM " + sql.many.formatted(count);
    }

    /** Changes a row, if there is one of this key. */
    String update(String table, long id, String text, String price) {
        return "UPDATE " + table + " SET at = " + sql.instant + ", n = " + sql.next + ", v = '" + text + "', price = "
                + price + " WHERE id = " + id;
    }

    /** Removes a row, if there is one of this key. */
    String delete(String table, long id) {
        return "DELETE FROM " + table + " WHERE id = " + id;
    }

    /** All that stands in a table, a row a line, in the order of the keys. */
    List<String> rows(String table) {
        return database.query("SELECT id, " + sql.micros + ", n, v, price FROM " + table + " ORDER BY id").stream()
                .map(List::toString)
                .toList();
    }

    @Override
    public void close() {
        database.close();
    }
}
