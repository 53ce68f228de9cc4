package dev.sluice.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.LogRuns;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyProduct;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What MySQL has and MariaDB has not: keys that nobody asked for, columns that nobody sees, documents in parts. */
final class MySqlOwnWaysTest {
    private final MyPlace place = new MyPlace();
    private final MyDatabase database = place.database();
    private final LogRuns runs =
            new LogRuns(database.name(), context -> OneRead.open(database, context, LogFixture.FROM_THE_LOG));

    @BeforeEach
    void onlyThere() {
        Assumptions.assumeTrue(database.product() == MyProduct.MYSQL, "MariaDB has none of this");
    }

    @AfterEach
    void drop() {
        place.close();
    }

    private void inOneSession(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    @Test
    void aKeyThatTheServerAddsIsReadAsAnyKey() throws SQLException {
        inOneSession(
                "SET SESSION sql_generate_invisible_primary_key = ON",
                "CREATE TABLE t (v text, unseen int INVISIBLE DEFAULT 7, twice int AS (2 * unseen) VIRTUAL)",
                "INSERT INTO t (v) VALUES ('one')");
        try (Source source = runs.open()) {
            assertThat(OneRead.discover(source, runs.id("t")).primaryKey()).containsExactly(FieldPath.of("my_row_id"));
            assertThat(OneRead.discover(source, runs.id("t")).schema().names()).startsWith("my_row_id", "v", "unseen");
        }
        assertThat(runs.changes("t")).containsExactly("UPSERT [1, one, 7]");
        database.execute("INSERT INTO t (v, unseen) VALUES ('two', 8)", "DELETE FROM t WHERE v = 'one'");
        assertThat(runs.changes("t")).containsExactly("INSERT [2, two, 8]", "DELETE [1, null, null]");
    }

    @Test
    void documentsOfWhichTheLogHasOnlyAPartAreRefused() throws SQLException {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, v json)",
                "INSERT INTO t VALUES (1, JSON_OBJECT('long', REPEAT('x', 1000), 'n', 1))");
        runs.next("t");
        database.execute("UPDATE t SET v = JSON_SET(v, '$.n', 2)");
        assertThat(runs.next("t").getFirst().text(1)).startsWith("{\"n\": 2, \"long\": \"xxx");
        inOneSession("SET SESSION binlog_row_value_options = PARTIAL_JSON", "UPDATE t SET v = JSON_SET(v, '$.n', 3)");
        assertThatThrownBy(() -> runs.next("t")).hasMessageContaining("E_LOG_UNTOLD");
    }

    @Test
    void tablesAreWrittenWhereTheServerAddsKeysToThem() {
        database.execute("SET GLOBAL sql_generate_invisible_primary_key = ON");
        try (Destination destination = place.open(new TestContext())) {
            for (DestinationSyncMode mode : List.of(
                    DestinationSyncMode.APPEND, DestinationSyncMode.APPEND_DEDUP, DestinationSyncMode.OVERWRITE)) {
                for (long run = 1; run <= 2; run++) {
                    TargetSpec spec = spec(mode, run);
                    try (TargetRun writing = TargetRun.open(destination, spec)) {
                        writing.split(
                                        "rows",
                                        BatchMaker.of(spec.schema())
                                                .row(1, "run " + run)
                                                .row(run + 1, "new")
                                                .build())
                                .publish(new Position("test", Long.toString(run)));
                    }
                }
                assertThat(place.read(destination.plan(spec(mode, 2)))
                                .orElseThrow()
                                .rows())
                        .hasSize(
                                mode == DestinationSyncMode.APPEND ? 4 : mode == DestinationSyncMode.OVERWRITE ? 2 : 3);
            }
        } finally {
            database.execute("SET GLOBAL sql_generate_invisible_primary_key = DEFAULT");
        }
    }

    private static TargetSpec spec(DestinationSyncMode mode, long run) {
        String table = "keyed_" + mode.name().toLowerCase(Locale.ROOT);
        return new TargetSpec(
                new Owner("connection", "test", false),
                StreamId.of(table),
                new TargetName(null, table),
                Schema.of(new Field("id", new DataType.IntType(64)), new Field("v", new DataType.TextType())),
                new WriteMode(mode, List.of(FieldPath.of("id")), null),
                new Generation(run, mode.overwrites() ? run : 0, run));
    }

    @Test
    void theCheckSaysThatTheServerTakesNoFiles() {
        database.execute("SET GLOBAL local_infile = OFF");
        try (Destination destination = place.open(new TestContext())) {
            assertThat(destination.check().firstProblem().orElseThrow())
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo("E_LOCAL_INFILE"))
                    .satisfies(problem -> assertThat(problem.fix()).contains("local_infile = 1"));
        } finally {
            database.execute("SET GLOBAL local_infile = ON");
        }
    }

    /** Names in files are known for most tables only; the rest are told apart by when they were made. */
    @Test
    void aTableThatWasMadeAnewIsToldFromTheOldOneWhateverItsName() {
        for (String name : List.of("plain", "a b-$", "日本")) {
            String quoted = "`" + name + "`";
            database.execute(
                    "CREATE TABLE " + quoted + " (id int PRIMARY KEY)", "INSERT INTO " + quoted + " VALUES (1)");
            try (Source source = OneRead.open(database, new TestContext(), Map.of())) {
                StreamId id = StreamId.of(database.name(), name);
                OneRead.Increment first = OneRead.increment(source, OneRead.byCursor(source, id, "id", false), null);
                assertThat(first.rows()).containsExactly(Row.of("1"));
                database.execute("DROP TABLE " + quoted, "CREATE TABLE " + quoted + " (id int PRIMARY KEY)");
                try (Source later = OneRead.open(database, new TestContext(), Map.of())) {
                    assertThatThrownBy(() ->
                                    OneRead.increment(later, OneRead.byCursor(later, id, "id", false), first.end()))
                            .as(name)
                            .hasMessageContaining("E_OTHER_IDENTITY");
                }
            }
        }
    }
}
