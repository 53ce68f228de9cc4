package dev.sluice.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.drive.LogRuns;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyOptions;
import dev.sluice.testkit.mysql.MyProduct;
import dev.sluice.testkit.mysql.MyServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Transactions that do not stand in the log as others do: in two phases, and compressed. */
final class LogTransactionsTest {
    private final MyDatabase database = MyServer.shared().createDatabase();
    private final LogRuns runs = runs(database);

    /** What a test that failed left prepared would hold its tables for ever. */
    @AfterEach
    void dropDatabase() {
        database.query("XA RECOVER").stream()
                .map(row -> String.valueOf(row.get(3)))
                .filter(id -> id.startsWith(id("")))
                .forEach(id -> database.execute("XA ROLLBACK '" + id + "'"));
        database.close();
    }

    private static LogRuns runs(MyDatabase database) {
        return new LogRuns(database.name(), context -> OneRead.open(database, context, LogFixture.FROM_THE_LOG));
    }

    private void inOneSession(String... statements) throws SQLException {
        inOneSession(database, statements);
    }

    private static void inOneSession(MyDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static void prepare(MyDatabase database, String id, String... statements) throws SQLException {
        inOneSession(
                database,
                "XA START '" + id + "'",
                String.join(";", statements),
                "XA END '" + id + "'",
                "XA PREPARE '" + id + "'");
    }

    private String id(String name) {
        return database.name() + "_" + name;
    }

    @Test
    void whatWasPreparedCountsWhereItIsCommitted() throws SQLException {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'old'), (2, 'old')");
        runs.next("t");
        prepare(database, id("one"), "UPDATE t SET v = 'new' WHERE id = 1");
        prepare(database, id("two"), "INSERT INTO t VALUES (3, 'never')");
        prepare(database, id("three"), "INSERT INTO t VALUES (4, 'late')");
        database.execute("INSERT INTO t VALUES (5, 'between')", "XA COMMIT '" + id("one") + "'");
        assertThat(runs.changes("t")).containsExactlyInAnyOrder("UPDATE [1, new]", "INSERT [5, between]");
        database.execute("XA ROLLBACK '" + id("two") + "'", "INSERT INTO t VALUES (6, 'after')");
        assertThat(runs.changes("t")).as("a reader that begins anew").containsExactly("INSERT [6, after]");
        database.execute("FLUSH BINARY LOGS");
        assertThat(runs.changes("t")).isEmpty();
        database.execute("XA COMMIT '" + id("three") + "'");
        assertThat(runs.changes("t")).as("prepared three runs ago").containsExactly("INSERT [4, late]");
        assertThat(runs.changes("t")).isEmpty();
    }

    /** The copy of the other table is taken while one is prepared; the log has it in an earlier file. */
    @Test
    void whatWasPreparedBeforeTheFirstCopyIsDelivered() throws SQLException {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE other (id int PRIMARY KEY)");
        prepare(database, id("early"), "INSERT INTO other VALUES (1)");
        database.execute("FLUSH BINARY LOGS", "INSERT INTO t VALUES (1)");
        runs.next("t");
        if (database.product() == MyProduct.MARIADB) {
            assertThat(runs.next("other")).isEmpty();
        }
        database.execute("XA COMMIT '" + id("early") + "'", "INSERT INTO t VALUES (2)");
        assertThat(runs.changes("t")).containsExactly("INSERT [2]");
        if (database.product() == MyProduct.MARIADB) {
            assertThat(runs.changes("other")).containsExactly("INSERT [1]");
        }
    }

    @Test
    void whatWasPreparedSurvivesTheServer() throws SQLException {
        try (MyServer server = MyServer.start(MyOptions.DEFAULTS)) {
            MyDatabase own = server.createDatabase();
            LogRuns there = runs(own);
            own.execute("CREATE TABLE t (id int PRIMARY KEY)");
            there.next("t");
            prepare(own, "kept", "INSERT INTO t VALUES (1)");
            assertThat(there.changes("t")).isEmpty();
            server.restart();
            own.execute("INSERT INTO t VALUES (2)");
            assertThat(there.changes("t")).containsExactly("INSERT [2]");
            own.execute("XA COMMIT 'kept'");
            assertThat(there.changes("t")).containsExactly("INSERT [1]");
        }
    }

    @Test
    void compressedTransactionsAreUnpacked() throws SQLException {
        Assumptions.assumeTrue(database.product() == MyProduct.MYSQL, "only MySQL compresses whole transactions");
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v longtext)", "CREATE TABLE u (id int PRIMARY KEY)");
        runs.next("t");
        runs.next("u");
        inOneSession(
                "SET SESSION binlog_transaction_compression = ON",
                "START TRANSACTION",
                "INSERT INTO t VALUES (1, REPEAT('x', 300000)), (2, NULL)",
                "INSERT INTO u VALUES (1)",
                "UPDATE t SET v = 'y' WHERE id = 2",
                "DELETE FROM t WHERE id = 1",
                "COMMIT",
                "INSERT INTO t SELECT seq + 100, CONCAT(seq, ' of many') FROM " + database.numbersTo(20_000));
        prepare(database, id("packed"), "INSERT INTO t VALUES (3, 'plain')");
        inOneSession(
                "SET SESSION binlog_transaction_compression = ON",
                "XA COMMIT '" + id("packed") + "'",
                "XA START '" + id("both") + "'",
                "INSERT INTO t VALUES (4, REPEAT('z', 9000))",
                "XA END '" + id("both") + "'",
                "XA PREPARE '" + id("both") + "'",
                "XA COMMIT '" + id("both") + "'");
        database.execute("INSERT INTO u VALUES (2)");
        assertThat(runs.changes("t"))
                .hasSize(20_006)
                .startsWith(
                        "INSERT [1, " + "x".repeat(300_000) + "]",
                        "INSERT [2, null]",
                        "UPDATE [2, y]",
                        "DELETE [1, null]",
                        "INSERT [101, 1 of many]")
                .contains("INSERT [20100, 20000 of many]")
                .endsWith("INSERT [3, plain]", "INSERT [4, " + "z".repeat(9_000) + "]");
        assertThat(runs.changes("u")).containsExactly("INSERT [1]", "INSERT [2]");
    }
}
