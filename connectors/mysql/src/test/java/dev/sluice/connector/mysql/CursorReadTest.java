package dev.sluice.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.mysql.OneRead.Increment;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyServer;
import dev.sluice.testkit.rows.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What larger tables, open transactions, changed columns and interruptions do to increments. */
final class CursorReadTest {
    private final TestContext context = new TestContext();
    private MyDatabase database = MyServer.shared().createDatabase();
    private @Nullable Source source;

    @BeforeEach
    void open() {
        source = open(Map.of());
    }

    private Source open(Map<String, Object> otherwise) {
        return OneRead.open(database, context, otherwise);
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(source).close();
        database.close();
    }

    private StreamRead read(String table, String cursor, boolean deduplicated) {
        return OneRead.byCursor(
                Objects.requireNonNull(source), StreamId.of(database.name(), table), cursor, deduplicated);
    }

    private Increment next(String table, String cursor, @Nullable Position after) {
        return OneRead.increment(Objects.requireNonNull(source), read(table, cursor, false), after);
    }

    @Test
    void aLateCommitFarBelowTheTopOfATimeCursorIsDelivered() throws SQLException {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, at timestamp(6) NOT NULL, KEY (at))",
                "INSERT INTO t SELECT seq, NOW(6) - INTERVAL 2 DAY + INTERVAL seq SECOND FROM "
                        + database.numbersTo(20000),
                "INSERT INTO t VALUES (900001, NOW(6) + INTERVAL 10 YEAR)");
        Increment first = next("t", "at", null);
        assertThat(first.rows()).hasSize(20_001);
        assertThat(first.end().value()).doesNotContain("\"low\":null");
        try (Connection late = database.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (30001, NOW(6) - INTERVAL 5 MINUTE)");
            database.execute("INSERT INTO t SELECT 40000 + seq, NOW(6) FROM " + database.numbersTo(3000));
            Increment second = next("t", "at", first.end());
            assertThat(second.rows()).hasSize(3_000);
            late.commit();
            Increment third = next("t", "at", second.end());
            assertThat(third.ids()).containsExactly("30001");
            assertThat(next("t", "at", third.end()).rows()).isEmpty();
        }
    }

    @Test
    void aLateCommitBelowManyLaterNumbersIsDelivered() throws SQLException {
        database.execute(
                "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, v int)",
                "INSERT INTO t (v) SELECT seq FROM " + database.numbersTo(5000));
        Increment first = next("t", "id", null);
        try (Connection late = database.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("INSERT INTO t (v) VALUES (-1)");
            database.execute("INSERT INTO t (v) SELECT seq FROM " + database.numbersTo(8000));
            Increment second = next("t", "id", first.end());
            database.execute("INSERT INTO t (v) SELECT seq FROM " + database.numbersTo(8000));
            Increment third = next("t", "id", second.end());
            late.commit();
            Increment fourth = next("t", "id", third.end());
            assertThat(second.rows()).hasSize(8_000);
            assertThat(third.rows()).hasSize(8_000);
            assertThat(fourth.rows()).hasSize(1);
            assertThat(next("t", "id", fourth.end()).rows()).isEmpty();
        }
    }

    /** The server renews its list of transactions only when nobody has looked at it for a tenth of a second. */
    @Test
    void anOldListOfTransactionsHidesNoLateCommit() throws SQLException {
        database.execute(
                "CREATE TABLE t (id int AUTO_INCREMENT PRIMARY KEY, v int)",
                "INSERT INTO t (v) SELECT seq FROM " + database.numbersTo(3000));
        Increment first = next("t", "id", null);
        String look = "SELECT COUNT(*) FROM information_schema.INNODB_TRX";
        try (Connection late = database.connect();
                Statement statement = late.createStatement();
                Connection others = database.connect();
                Statement monitor = others.createStatement()) {
            late.setAutoCommit(false);
            monitor.execute(look);
            statement.execute("INSERT INTO t (v) VALUES (-1)");
            monitor.execute("INSERT INTO t (v) SELECT seq FROM " + database.numbersTo(1500));
            monitor.execute(look);
            Increment second = next("t", "id", first.end());
            late.commit();
            assertThat(second.rows()).hasSize(1_500);
            assertThat(next("t", "id", second.end()).rows())
                    .extracting(row -> row.text(1))
                    .containsExactly("-1");
        }
    }

    @Test
    void manyRowsOfOneMillisecondDoNotHideTheNextOne() {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, at datetime(3) NOT NULL, KEY (at))",
                "INSERT INTO t SELECT seq, '2020-01-01 10:10:10.011' FROM " + database.numbersTo(1500));
        Increment first = next("t", "at", null);
        database.execute("INSERT INTO t VALUES (2000, '2020-01-01 10:10:10.011')");
        assertThat(next("t", "at", first.end()).ids()).containsExactly("2000");
    }

    @Test
    void aRowThatChangesWithinTheSameSecondComesAgain() {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, at datetime, v text)",
                "INSERT INTO t VALUES (1, '2024-01-01', 'old')");
        Increment first = next("t", "at", null);
        database.execute("UPDATE t SET v = 'new'");
        assertThat(next("t", "at", first.end()).rows()).containsExactly(Row.of("1", "2024-01-01T00:00:00", "new"));
    }

    @Test
    void aNewColumnDoesNotBringOldRowsAgain() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, n int)", "INSERT INTO t VALUES (1, 1), (2, 2)");
        Increment first = next("t", "n", null);
        database.execute("ALTER TABLE t ADD COLUMN extra text, ALGORITHM=INSTANT", "INSERT INTO t VALUES (3, 2, 'x')");
        Increment second = next("t", "n", first.end());
        assertThat(second.rows()).containsExactly(Row.of("3", "2", "x"));
        assertThat(next("t", "n", second.end()).rows()).isEmpty();
    }

    @Test
    void textsAndBytesAndViewsHaveCursorsToo() {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, k varchar(9) COLLATE utf8mb4_general_ci, b varbinary(9))",
                "INSERT INTO t VALUES (1, 'a', X'00'), (2, 'B', X'FF'), (3, NULL, NULL)",
                "CREATE VIEW v AS SELECT * FROM t");
        Increment byText = next("t", "k", null);
        Increment byBytes = next("t", "b", null);
        Increment ofView = next("v", "id", null);
        database.execute("INSERT INTO t VALUES (4, 'b', X'FF'), (5, 'Ä', X'01'), (6, NULL, NULL)");
        assertThat(next("t", "k", byText.end()).ids()).containsExactlyInAnyOrder("4", "5", "6");
        assertThat(next("t", "b", byBytes.end()).ids()).containsExactlyInAnyOrder("4", "5", "6");
        assertThat(next("v", "id", ofView.end()).ids()).containsExactlyInAnyOrder("4", "5", "6");
    }

    @Test
    void aFirstCopyThatIsInterruptedLeavesLaterRowsToTheNextRead() {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, n int, payload varchar(300))",
                "INSERT INTO t SELECT seq, seq, RPAD(seq, 300, 'x') FROM " + database.numbersTo(30000),
                "ANALYZE TABLE t");
        StreamRead read = read("t", "n", false);
        Source open = Objects.requireNonNull(source);
        List<Row> rows = new ArrayList<>();
        ReadStart.Resume resume;
        try (StreamReading reading = StreamReading.begin(open, read, new ReadStart.Beginning())) {
            reading.readSplit(reading.splitsLeft().getFirst());
            rows.addAll(reading.rows());
            resume = reading.resume();
        }
        // One row moves out of a part that is done, one into it, one is new: none may come twice or be lost.
        database.execute(
                "UPDATE t SET n = 40000 WHERE id = 29999",
                "UPDATE t SET n = 40001 WHERE id = 2",
                "INSERT INTO t VALUES (30001, 40002, 'new'), (0, 40003, 'new')");
        Position end;
        try (Source later = open(Map.of());
                StreamReading rest = StreamReading.begin(later, read, resume)) {
            rows.addAll(rest.readAll().rows());
            end = Objects.requireNonNull(rest.end());
        }
        assertThat(rows).hasSize(29_999).extracting(row -> row.text(0)).doesNotHaveDuplicates();
        assertThat(next("t", "n", end).ids()).containsExactlyInAnyOrder("29999", "2", "30001", "0");
    }

    @Test
    void aRebuiltTableGoesOnOnlyIfTheUserSaysSo() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, n int)", "INSERT INTO t VALUES (1, 1)");
        Increment strict = next("t", "n", null);
        Increment lenient;
        StreamId id = StreamId.of(database.name(), "t");
        try (Source trusting = open(Map.of("rebuilt_tables", true))) {
            lenient = OneRead.increment(trusting, OneRead.byCursor(trusting, id, "n", false), null);
        }
        database.execute("ALTER TABLE t FORCE", "INSERT INTO t VALUES (2, 2)");
        assertThatThrownBy(() -> next("t", "n", strict.end())).hasMessageContaining("E_OTHER_IDENTITY");
        try (Source trusting = open(Map.of("rebuilt_tables", true))) {
            assertThat(OneRead.increment(trusting, OneRead.byCursor(trusting, id, "n", false), lenient.end())
                            .ids())
                    .containsExactly("2");
        }
    }

    @Test
    void aPositionIsNoWayToSmuggleStatements() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        Increment first = next("t", "id", null);
        Position wrong = new Position(
                first.end().identity(), first.end().value().replace("\"low\":null", "\"low\":\"1 OR SLEEP(9)\""));
        assertThatThrownBy(() -> next("t", "id", wrong)).hasMessageContaining("E_BAD_POSITION");
    }
}
