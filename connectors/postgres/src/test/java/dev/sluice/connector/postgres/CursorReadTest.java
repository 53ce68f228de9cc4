package dev.sluice.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import dev.sluice.testkit.rows.Row;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server's indexes, transactions and views add to incremental reads. */
final class CursorReadTest {
    private final TestContext context = new TestContext();
    private PostgresDatabase database = PostgresServer.shared().createDatabase();
    private @Nullable Source source;

    @BeforeEach
    void open() {
        source = new PostgresSource().open(Config.of(PostgresFixture.config(database, Map.of())), context);
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(source).close();
        database.close();
    }

    @Test
    void anIndexSparesTheServerTheOldRowsAndLosesNone() throws Exception {
        database.execute(
                "CREATE TABLE t (id bigint PRIMARY KEY, at timestamptz)",
                "CREATE INDEX ON t (at)",
                "INSERT INTO t SELECT i, now() - interval '1 day' + i * interval '10 seconds' FROM generate_series(1,"
                        + " 5000) i",
                "INSERT INTO t VALUES (9001, 'infinity'), (9002, now() + interval '30 years'), (9003, NULL)");
        Increment first = read("t", "at", null, false);
        assertThat(first.rows).hasSize(5003);
        assertThat(first.position().get("low")).as("the low mark").isNotNull();
        try (Connection late = database.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (6001, now() - interval '5 minutes')");
            database.execute("INSERT INTO t VALUES (6002, now()), (6003, NULL)");
            Increment second = read("t", "at", first.end, false);
            assertThat(ids(second))
                    .as("what was committed before the open transaction")
                    .isSubsetOf("6002", "6003");
            late.commit();
            Increment third = read("t", "at", second.end, false);
            assertThat(third.rows.size() + second.rows.size()).isEqualTo(3);
            assertThat(ids(third)).contains("6001");
            assertThat(read("t", "at", third.end, false).rows).isEmpty();
        }
    }

    @Test
    void rowsOfSubtransactionsComeOnce() throws Exception {
        database.execute("CREATE TABLE t (id bigint PRIMARY KEY, n bigint)", "INSERT INTO t VALUES (1, 1)");
        Increment first = read("t", "n", null, false);
        Increment second;
        try (Connection open = database.connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (2, 2)");
            statement.execute("SAVEPOINT a");
            statement.execute("INSERT INTO t VALUES (3, 3)");
            statement.execute("RELEASE SAVEPOINT a");
            statement.execute("SAVEPOINT b");
            statement.execute("INSERT INTO t VALUES (4, 4)");
            statement.execute("ROLLBACK TO SAVEPOINT b");
            database.execute("INSERT INTO t VALUES (5, 5)");
            second = read("t", "n", first.end, false);
            open.commit();
        }
        Increment third = read("t", "n", second.end, false);
        assertThat(ids(second).size() + ids(third).size()).isEqualTo(3);
        assertThat(union(ids(second), ids(third))).containsExactlyInAnyOrder("2", "3", "5");
    }

    @Test
    void aRowThatChangesWithoutItsCursorComesAgain() {
        database.execute(
                "CREATE TABLE t (id bigint, n bigint, v text)", "INSERT INTO t VALUES (1, 10, 'old'), (2, 20, 'x')");
        Increment first = read("t", "n", null, true);
        database.execute("UPDATE t SET v = 'new' WHERE id = 1");
        assertThat(read("t", "n", first.end, true).rows).containsExactly(Row.of("1", "10", "new"));
    }

    @Test
    void aViewIsReadUpToItsBoundAndTiesComeOnce() {
        database.execute(
                "CREATE TABLE base (id bigint, n bigint)",
                "CREATE VIEW v AS SELECT id, n FROM base",
                "INSERT INTO base VALUES (1, 1), (2, 2), (3, 2), (4, NULL)");
        Increment first = read("v", "n", null, false);
        assertThat(ids(first)).containsExactlyInAnyOrder("1", "2", "3", "4");
        database.execute("INSERT INTO base VALUES (5, 2), (6, 3)");
        Increment second = read("v", "n", first.end, false);
        assertThat(ids(second)).containsExactlyInAnyOrder("5", "6");
        assertThat(read("v", "n", second.end, false).rows).isEmpty();
        assertThat(context.lines()).anyMatch(line -> line.message().contains("no value in the cursor"));
    }

    @Test
    void aTableThatWasMadeAnewIsAnotherIdentity() {
        database.execute("CREATE TABLE t (id bigint, n bigint)", "INSERT INTO t VALUES (1, 1)");
        Increment first = read("t", "n", null, false);
        database.execute("DROP TABLE t", "CREATE TABLE t (id bigint, n bigint)", "INSERT INTO t VALUES (7, 0)");
        open();
        assertThatThrownBy(() -> read("t", "n", first.end, false))
                .hasMessageContaining("E_OTHER_IDENTITY")
                .hasMessageContaining("another server or table");
    }

    @Test
    void onlyColumnsThatMayBeReadAreOffered() {
        String role = database.unprivileged().user();
        database.execute(
                "CREATE TABLE open_table (id bigint, n bigint)",
                "CREATE TABLE half (id bigint, secret text, n bigint)",
                "CREATE TABLE hidden (id bigint)",
                "INSERT INTO half VALUES (1, 'canary', 2)",
                "GRANT SELECT ON open_table TO " + role,
                "GRANT SELECT (id, n) ON half TO " + role);
        Map<String, Object> login =
                Map.of("username", role, "password", database.unprivileged().password());
        try (Source limited = new PostgresSource().open(Config.of(PostgresFixture.config(database, login)), context)) {
            assertThat(limited.discover(new DiscoverScope.All()).streams())
                    .extracting(stream -> stream.id().name())
                    .containsExactly("half", "open_table");
            StreamRead read = streamRead(limited, "half", "n", false);
            assertThat(read.schema().names()).containsExactly("id", "n");
            try (StreamReading reading = StreamReading.begin(limited, read, new ReadStart.Beginning())) {
                assertThat(reading.readAll().rows()).containsExactly(Row.of("1", "2"));
            }
        }
    }

    /** What one read gave. */
    private record Increment(List<Row> rows, Position end) {
        Map<String, @Nullable Object> position() {
            return Json.readObject(end.value());
        }
    }

    private Increment read(String table, String cursor, @Nullable Position after, boolean deduplicated) {
        Source open = Objects.requireNonNull(source);
        ReadStart start = after == null ? new ReadStart.Beginning() : new ReadStart.After(after);
        try (StreamReading reading = StreamReading.begin(open, streamRead(open, table, cursor, deduplicated), start)) {
            List<Row> rows = reading.readAll().rows();
            return new Increment(rows, Objects.requireNonNull(reading.end()));
        }
    }

    private static StreamRead streamRead(Source source, String table, String cursor, boolean deduplicated) {
        StreamId id = StreamId.of("public", table);
        CatalogStream stream =
                source.discover(new DiscoverScope.Only(Set.of(id))).find(id).orElseThrow();
        return new StreamRead(
                stream, stream.schema(), SyncMode.INCREMENTAL, FieldPath.of(cursor), stream.primaryKey(), deduplicated);
    }

    private static List<String> ids(Increment increment) {
        return increment.rows.stream().map(row -> row.text(0)).toList();
    }

    private static Set<String> union(List<String> a, List<String> b) {
        return Stream.concat(a.stream(), b.stream()).collect(Collectors.toSet());
    }
}
