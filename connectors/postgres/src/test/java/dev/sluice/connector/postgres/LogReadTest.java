package dev.sluice.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import dev.sluice.testkit.rows.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log tells, and where nobody may rely on it. */
final class LogReadTest {
    private static final List<String> TYPES = List.of(
            "a bool",
            "b int2",
            "c int4",
            "d int8",
            "e float4",
            "f float8",
            "g numeric",
            "h numeric(10,2)",
            "i text",
            "j varchar(5)",
            "k bytea",
            "l json",
            "m jsonb",
            "n uuid",
            "o date",
            "p time",
            "q timetz",
            "r timestamp",
            "s timestamptz",
            "t timestamp(3)");

    private final PostgresDatabase database = PostgresServer.shared().createDatabase();
    private final LogHarness harness = new LogHarness(database, database.name());

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private static void assertProblem(String code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(ProblemException.class, failure -> {
            assertThat(failure.problem().code())
                    .as(failure.problem().toString())
                    .isEqualTo(code);
            assertThat(failure.problem().fix()).isNotBlank();
        });
    }

    private void assertLogTellsWhatACopyTells(StreamId id) {
        harness.appending();
        List<Row> copied = harness.next(id);
        database.execute("UPDATE " + id.namespace() + "." + id.name() + " SET (a) = ROW (a)");
        List<Row> told = harness.next(id);
        List<String> fields = harness.fields(id);
        assertThat(told).hasSameSizeAs(copied).extracting(Row::operation).containsOnly(Operation.UPDATE);
        assertThat(told.stream().map(row -> LogHarness.values(row, fields)).toList())
                .containsExactlyInAnyOrderElementsOf(copied.stream()
                        .map(row -> LogHarness.values(row, fields))
                        .toList());
    }

    @Test
    void theLogTellsPlainValuesAsACopyDoes() {
        database.execute(
                "CREATE TABLE plain (" + String.join(", ", TYPES) + ")",
                "ALTER TABLE plain REPLICA IDENTITY FULL",
                "INSERT INTO plain (a) VALUES (NULL)",
                "INSERT INTO plain VALUES (true, -1, 2, 3, 1.5, -0.1, 1e30, 12.50, 'ä\\b', '', '\\x00ff', '{\"a\": 1}',"
                        + " '{\"b\": 1.50}', '00000000-0000-0000-0000-00000000000f', '2024-02-29', '24:00',"
                        + " '12:00:00.5+02', '2024-01-01 00:00:00.000001', '1969-12-31 23:59:59+00', '2024-01-01')",
                "INSERT INTO plain VALUES (false, 32767, -2147483648, 9223372036854775807, 'NaN', '-Infinity', 'NaN',"
                        + " 'NaN', repeat('x', 3000), 'abc', '', 'null', '[]', gen_random_uuid(), '-infinity', '0:00',"
                        + " '23:59:59.999999-15:59', 'infinity', '0001-01-01 BC', '294276-12-31')");
        assertLogTellsWhatACopyTells(StreamId.of("public", "plain"));
    }

    @Test
    void theLogTellsValuesOfTheServersOwnTypesAsACopyDoes() {
        NativeTypes.create(database);
        database.execute(
                "ALTER TABLE natives.types REPLICA IDENTITY FULL, DROP COLUMN generated",
                "ALTER TABLE natives.types ADD a int",
                "INSERT INTO natives.types (a) VALUES (7)");
        assertLogTellsWhatACopyTells(StreamId.of("natives", "types"));
    }

    @Test
    void changesOfAKeyAreADeleteAndAnInsert() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'one'), (2, 'two')");
        assertThat(harness.changes("t")).containsExactly("UPSERT [1, one]", "UPSERT [2, two]");
        database.execute(
                "UPDATE t SET id = 10 WHERE id = 1",
                "UPDATE t SET v = 'zwei' WHERE id = 2",
                "DELETE FROM t WHERE id = 2");
        assertThat(harness.changes("t"))
                .containsExactly("DELETE [1, null]", "INSERT [10, one]", "UPDATE [2, zwei]", "DELETE [2, null]");
        assertThat(harness.changes("t")).isEmpty();
    }

    @Test
    void eachRowTellsWhereAndWhenItWasChanged() {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, _ab_cdc_updated_at text)", "INSERT INTO t VALUES (1, 'own')");
        StreamId id = StreamId.of("public", "t");
        assertThat(harness.fields(id)).containsExactly("id", "_ab_cdc_updated_at", "_ab_cdc_lsn", "_ab_cdc_deleted_at");
        Row copied = harness.next(id).getFirst();
        database.execute("INSERT INTO t VALUES (2, 'own too')", "DELETE FROM t WHERE id = 1");
        List<Row> told = harness.next(id);
        assertThat(copied.values()).startsWith("1", "own").endsWith((String) null);
        assertThat(told.getFirst().values()).startsWith("2", "own too").endsWith((String) null);
        assertThat(told.getLast().value(3)).isNotNull();
        assertThat(List.of(copied, told.getFirst(), told.getLast()))
                .extracting(row -> Long.parseLong(row.text(2)))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void largeValuesThatStayAsTheyAreAreToldOrRefusedAndNeverLost() {
        String large = "SELECT string_agg(md5(n::text), '') FROM generate_series(1, 200) AS n";
        database.execute(
                "CREATE TABLE whole (id int PRIMARY KEY, n int, v text)",
                "ALTER TABLE whole REPLICA IDENTITY FULL",
                "CREATE TABLE keyed (id int PRIMARY KEY, n int, v text)");
        for (String table : List.of("whole", "keyed")) {
            database.execute("INSERT INTO " + table + " VALUES (1, 1, (" + large + "))");
        }
        String value = harness.next("whole").getFirst().text(2);
        harness.appending().next("keyed");
        database.execute("UPDATE whole SET n = 2", "UPDATE whole SET id = 5", "UPDATE keyed SET n = 2");
        assertThat(harness.next("whole")).extracting(row -> row.value(0)).containsExactly("1", "1", "5");
        assertThat(value).hasSize(6_400);
        assertProblem("E_LOG_UNCHANGED_VALUE", () -> harness.next("keyed"));
    }

    @Test
    void aTruncateIsNotPassedOver() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        harness.next("t");
        database.execute("TRUNCATE t", "INSERT INTO t VALUES (2)");
        assertProblem("E_LOG_TRUNCATED", () -> harness.next("t"));
        assertThat(harness.appending().next("t"))
                .extracting(row -> row.value(0))
                .containsExactly("2");
        assertThat(harness.context().lines()).anyMatch(line -> line.message().contains("TRUNCATE"));
    }

    @Test
    void aLogWithAGapIsRefused() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE other (id int PRIMARY KEY)");
        harness.next("t");
        database.execute("INSERT INTO t VALUES (1)");
        String drop = "SELECT pg_drop_replication_slot('" + database.name() + "')";
        database.query(drop);
        assertProblem("E_LOG_GAP", () -> harness.next("t"));
        // A stream that comes later makes the slot anew, behind what the first one needs.
        harness.next("other");
        assertProblem("E_LOG_GAP", () -> harness.next("t"));
        database.execute(
                "ALTER PUBLICATION sluice DROP TABLE other",
                "INSERT INTO other VALUES (1)",
                "ALTER PUBLICATION sluice ADD TABLE other");
        assertProblem("E_LOG_GAP", () -> harness.next("other"));
        database.execute("ALTER PUBLICATION sluice DROP TABLE other");
        assertProblem("E_PUBLICATION", () -> harness.next("other"));
    }

    @Test
    void theSlotLetsGoOfWhatAllStreamsHave() {
        database.execute("CREATE TABLE a (id int PRIMARY KEY)", "CREATE TABLE b (id int PRIMARY KEY)");
        harness.next("a");
        harness.next("b");
        database.execute("INSERT INTO a VALUES (1)", "INSERT INTO b VALUES (1)");
        harness.next("a");
        String confirmed = confirmed();
        database.execute("INSERT INTO a VALUES (2)");
        harness.next("a");
        assertThat(confirmed()).as("b still needs it").isEqualTo(confirmed);
        assertThat(harness.next("b")).hasSize(1);
        assertThat(confirmed()).isGreaterThan(confirmed);
        assertThat(harness.next("a")).isEmpty();
        assertThat(harness.context().lines()).anyMatch(line -> line.message().contains("MB of its log"));
    }

    private String confirmed() {
        return database.query("SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE slot_name = '"
                        + database.name() + "'")
                .toString();
    }

    @Test
    void columnsThatComeAndGoAreToldAsTheyWere() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, gone text, n int)", "INSERT INTO t VALUES (1, 'x', 1)");
        harness.next("t");
        database.execute(
                "INSERT INTO t VALUES (2, 'x', 2)",
                "ALTER TABLE t DROP COLUMN gone",
                "ALTER TABLE t ADD COLUMN fresh text",
                "INSERT INTO t VALUES (3, 3, 'new')");
        assertThat(harness.changes("t")).containsExactly("INSERT [2, 2, null]", "INSERT [3, 3, new]");
        database.execute("UPDATE t SET n = 4 WHERE id = 3", "ALTER TABLE t ALTER n TYPE bigint");
        assertProblem("E_LOG_OTHER_SHAPE", () -> harness.next("t"));
    }

    @Test
    void aColumnThatComesDuringARunIsNotPassedOver() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        harness.next("t");
        try (Source source = harness.open()) {
            StreamRead read = harness.read(source, StreamId.of("public", "t"));
            database.execute("ALTER TABLE t ADD COLUMN fresh text", "INSERT INTO t VALUES (1, 'new')");
            assertProblem("E_LOG_OTHER_SHAPE", () -> harness.next(source, read));
        }
        assertThat(harness.changes("t")).containsExactly("INSERT [1, new]");
    }

    @Test
    void tablesWhoseRowsTheLogCannotTellApartAreRefused() {
        database.execute(
                "CREATE TABLE keyless (n int)",
                "CREATE TABLE unique_only (n int NOT NULL UNIQUE)",
                "CREATE VIEW looking AS SELECT 1 AS one",
                "CREATE TABLE computed (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (2 * id) STORED)",
                "CREATE UNLOGGED TABLE unlogged (id int PRIMARY KEY)");
        assertProblem("E_REPLICA_IDENTITY", () -> harness.next("keyless"));
        assertProblem("E_REPLICA_IDENTITY", () -> harness.next("unique_only"));
        database.execute("ALTER TABLE computed REPLICA IDENTITY FULL");
        assertProblem("E_REPLICA_IDENTITY", () -> harness.next("computed"));
        assertThat(database.query("SELECT pubname FROM pg_publication"))
                .as("nobody may be hindered from changing such tables")
                .isEmpty();
        database.execute("ALTER TABLE unique_only REPLICA IDENTITY USING INDEX unique_only_n_key");
        assertThat(harness.next("unique_only")).isEmpty();
        try (Source source = harness.open()) {
            for (String table : List.of("looking", "unlogged")) {
                assertThat(harness.read(source, StreamId.of("public", table)).stream()
                                .supportsIncremental())
                        .isFalse();
            }
        }
    }

    @Test
    void inAppendModeADeleteIsShownOrRefused() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'one')");
        harness.appending().next("t");
        database.execute("DELETE FROM t");
        try (Source source = harness.open()) {
            StreamRead all = harness.read(source, StreamId.of("public", "t"));
            StreamRead few = new StreamRead(
                    all.stream(),
                    new Schema(all.schema().fields().subList(0, 2)),
                    all.mode(),
                    null,
                    all.primaryKey(),
                    false);
            assertProblem("E_LOG_UNSEEN_DELETE", () -> harness.next(source, few));
        }
        assertThat(harness.changes("t")).containsExactly("DELETE [1, null]");
    }

    @Test
    void moreThanFitsIntoMemoryIsPutAside() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text)");
        harness.next("t");
        database.execute(
                "ALTER TABLE t ALTER v SET STORAGE EXTERNAL",
                "INSERT INTO t SELECT n, repeat(n::text || ' ', 20000) FROM generate_series(1, 400) AS n",
                "INSERT INTO t VALUES (401, repeat('large', 500000))");
        List<Row> rows = harness.next("t");
        assertThat(rows).hasSize(401);
        assertThat(rows.get(99).text(1)).hasSize(80_000).startsWith("100 100 ");
        assertThat(rows.getLast().text(1)).hasSize(2_500_000).endsWith("large");
    }

    @Test
    void theCheckSaysWhatLacksAndMakesNothing() {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY)",
                "CREATE TABLE keyless (n int)",
                "GRANT SELECT ON t TO " + database.unprivileged().user());
        try (Source source = harness.open()) {
            CheckReport report = source.check();
            assertThat(report.succeeded()).as(report.toString()).isTrue();
            assertThat(report.steps()).anyMatch(step -> step.toString().contains("public.keyless"));
        }
        try (Source source = harness.openAs(database.unprivileged())) {
            List<Problem> problems = source.check().steps().stream()
                    .map(CheckReport.Step::problem)
                    .filter(Objects::nonNull)
                    .toList();
            assertThat(problems).extracting(Problem::code).containsExactly("E_NOT_PERMITTED", "E_PUBLICATION");
            assertThat(problems.getFirst().fix()).contains("REPLICATION");
            assertThat(problems.getLast().fix()).contains("CREATE PUBLICATION");
        }
        assertThat(database.query("SELECT pubname::text FROM pg_publication UNION ALL SELECT slot_name::text"
                        + " FROM pg_replication_slots WHERE database = current_database()"))
                .isEmpty();
    }

    /** So does a comparison read: it shows the rows of now and begins no log. */
    @Test
    void aFullReadSetsUpNothing() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        try (Source source = harness.open()) {
            StreamRead read = harness.read(source, harness.id("t"));
            StreamRead whole =
                    new StreamRead(read.stream(), read.schema(), SyncMode.FULL_REFRESH, null, read.primaryKey(), true);
            try (StreamReading reading = StreamReading.begin(source, whole, new ReadStart.Beginning())) {
                assertThat(reading.readAll().rows()).hasSize(1);
            }
        }
        assertThat(database.query("SELECT pubname::text FROM pg_publication UNION ALL SELECT slot_name::text"
                        + " FROM pg_replication_slots WHERE database = current_database()"))
                .isEmpty();
    }

    @Test
    void aFirstCopyWaitsForOpenTransactionsOnlySoLong() throws SQLException {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (1)");
            assertProblem("E_LOG_WAITS", () -> new LogHarness(database, database.name(), 1).next("t"));
            connection.commit();
        }
        assertThat(harness.next("t")).hasSize(1);
    }
}
