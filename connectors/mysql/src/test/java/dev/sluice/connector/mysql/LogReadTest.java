package dev.sluice.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.KnownStream;
import dev.sluice.testkit.drive.LogRuns;
import dev.sluice.testkit.host.Await;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyOptions;
import dev.sluice.testkit.mysql.MyProduct;
import dev.sluice.testkit.mysql.MyServer;
import dev.sluice.testkit.rows.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What the log tells, and where nobody may rely on it. */
final class LogReadTest {
    private static final boolean IS_MARIADB = MyProduct.underTest() == MyProduct.MARIADB;

    private final MyDatabase database = MyServer.shared().createDatabase();
    private final LogRuns runs = new LogRuns(database.name(), context -> open(context, Map.of()));

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private Source open(ConnectorContext context, Map<String, Object> otherwise) {
        Map<String, Object> options = new HashMap<>(LogFixture.FROM_THE_LOG);
        options.putAll(otherwise);
        return OneRead.open(database, context, options);
    }

    private static void assertProblem(String code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(ProblemException.class, failure -> {
            assertThat(failure.problem().code())
                    .as(failure.problem().toString())
                    .isEqualTo(code);
            assertThat(failure.problem().fix()).isNotBlank();
        });
    }

    /** Runs statements in a session of their own. */
    private void inOneSession(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    @Test
    void theLogTellsValuesAsAQueryDoes() throws SQLException {
        List<KnownStream> streams = NativeTypes.create(database);
        runs.appending();
        assertThat(valuesOf(streams).values()).allMatch(rows -> rows.size() > 1);
        for (KnownStream stream : streams) {
            String table = stream.id().name();
            inOneSession(
                    "SET sql_mode = ''",
                    "CREATE TEMPORARY TABLE again AS SELECT * FROM " + table,
                    "INSERT INTO " + table + " SELECT * FROM again");
        }
        Map<StreamId, List<List<@Nullable String>>> told = valuesOf(streams);
        for (KnownStream stream : streams) {
            assertThat(told.get(stream.id()))
                    .as(stream.id().name())
                    .containsExactlyInAnyOrderElementsOf(
                            stream.rows().stream().map(Row::values).toList());
        }
    }

    /** What is new in streams of one field, read by one run. */
    private Map<StreamId, List<List<@Nullable String>>> valuesOf(List<KnownStream> streams) {
        Map<StreamId, List<List<@Nullable String>>> values = new HashMap<>();
        try (Source source = runs.open()) {
            List<StreamRead> reads = streams.stream()
                    .map(stream -> runs.read(source, stream.id()))
                    .toList();
            for (StreamRead read : reads) {
                values.put(
                        read.stream().id(),
                        runs.next(source, read).stream()
                                .map(row -> row.values().subList(0, 1))
                                .toList());
            }
        }
        return values;
    }

    @Test
    void theLogTellsTextInAnyCharacterSetAsAQueryDoes() {
        Map<String, String> texts = Map.of(
                "latin1", "Grüße €", "koi8r", "привет", "gbk", "你好", "sjis", "日本", "utf16", "a😀b", "cp1250", "žluť",
                "utf8mb3", "日本語", "greek", "αβγ", "swe7", "plain", "big5", "中文");
        texts.forEach((charset, text) -> {
            database.execute("CREATE TABLE in_" + charset + " (id int PRIMARY KEY, a varchar(300) CHARACTER SET "
                    + charset + ", b char(9) CHARACTER SET " + charset + ", c text CHARACTER SET " + charset + ")");
            runs.next("in_" + charset);
            database.execute("INSERT INTO in_" + charset + " VALUES (1, '" + text + " ', '" + text + "  ', ''),"
                    + " (2, NULL, '', '" + text + "')");
        });
        texts.forEach((charset, text) -> assertThat(runs.changes("in_" + charset))
                .as(charset)
                .containsExactly("INSERT [1, " + text + " , " + text + ", ]", "INSERT [2, null, , " + text + "]"));
    }

    /** Fractions, signs and digits of every length, as they come at random. */
    @Test
    void theLogTellsRandomValuesAsAQueryDoes() {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int digits = 0; digits <= 6; digits++) {
            String cut = "POW(10, FLOOR(RAND() * 18))";
            columns.add("a" + digits + " time(" + digits + ")");
            values.add("SEC_TO_TIME((RAND() - 0.5) * 6000000 / " + cut + ")");
            columns.add("b" + digits + " datetime(" + digits + ")");
            values.add("TIMESTAMPADD(MICROSECOND, RAND() * 1e15, '1000-01-01')");
            columns.add("c" + digits + " timestamp(" + digits + ") NULL");
            values.add("FROM_UNIXTIME(ROUND(RAND() * 2e9, " + digits + "))");
            columns.add("d" + digits + " decimal(" + (9 * digits + 11) + ", " + 5 * digits + ")");
            values.add("(RAND() - 0.5) * " + cut + " / " + cut);
            columns.add("e" + digits + " bit(" + (9 * digits + 2) + ")");
            values.add("FLOOR(RAND() * " + (1L << (9 * digits + 2)) + ")");
        }
        columns.addAll(
                List.of("f double", "g float", "h bigint unsigned", "i mediumint", "j set('a','b','c','d','e')"));
        values.addAll(List.of(
                "(RAND() - 0.5) * POW(10, RAND() * 600 - 300)",
                "(RAND() - 0.5) * POW(10, RAND() * 60 - 30)",
                "FLOOR(RAND() * 1e19)",
                "FLOOR((RAND() - 0.5) * 16777216)",
                "FLOOR(RAND() * 32)"));
        columns.add("k tinyint(1)");
        values.add("ROUND(RAND())");
        database.execute("CREATE TABLE t (" + String.join(", ", columns) + ")");
        Map<String, Object> options = Map.of("time_is_text", true, "tinyint1_is_boolean", true);
        LogRuns log = new LogRuns(database.name(), context -> open(context, options));
        log.appending().next("t");
        database.execute(
                "INSERT IGNORE INTO t SELECT " + String.join(", ", values) + " FROM " + database.numbersTo(100));
        List<String> fields = log.fields(log.id("t"));
        try (Source source = OneRead.open(database, log.context(), options)) {
            assertThat(log.next("t").stream()
                            .map(row -> LogRuns.values(row, fields))
                            .toList())
                    .hasSize(100)
                    .containsExactlyInAnyOrderElementsOf(OneRead.rows(source, log.id("t")).stream()
                            .map(Row::values)
                            .toList());
        }
    }

    /** A large table is locked for an instant, as any table on MySQL is; a small one shows its place by itself. */
    @Test
    void theLogGoesOnWhereTheFirstCopyEndsWhileManyWrite() throws Exception {
        database.execute(
                "CREATE TABLE large (id bigint PRIMARY KEY AUTO_INCREMENT, v varchar(200))",
                "CREATE TABLE small LIKE large",
                "INSERT INTO large SELECT seq, REPEAT('x', 200) FROM " + database.numbersTo(20000));
        runs.appending();
        AtomicBoolean done = new AtomicBoolean();
        List<String> told = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                writers.add(threads.submit(() -> {
                    while (!done.get()) {
                        inOneSession(
                                "START TRANSACTION",
                                "INSERT INTO large (v) VALUES ('new')",
                                "INSERT INTO small (v) VALUES ('new')",
                                "COMMIT");
                    }
                    return null;
                }));
            }
            try {
                for (int round = 0; round < 2; round++) {
                    for (String table : List.of("large", "small")) {
                        runs.next(table).forEach(row -> told.add(table + row.text(0)));
                    }
                }
            } finally {
                done.set(true);
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        for (String table : List.of("large", "small")) {
            runs.next(table).forEach(row -> told.add(table + row.text(0)));
        }
        assertThat(runs.context().lines()).noneMatch(line -> line.message().contains("is read by one connection"));
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(database
                        .query("SELECT CONCAT('large', id) FROM large UNION ALL SELECT CONCAT('small', id) FROM"
                                + " small")
                        .stream()
                        .map(row -> String.valueOf(row.getFirst()))
                        .toList());
    }

    @Test
    void whatWasRolledBackNeverHappened() throws SQLException {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "CREATE TABLE old (id int) ENGINE = MyISAM");
        runs.next("t");
        inOneSession(
                "START TRANSACTION",
                "INSERT INTO t VALUES (1)",
                "SAVEPOINT a",
                "INSERT INTO t VALUES (2)",
                "ROLLBACK TO a",
                "INSERT INTO t VALUES (3)",
                "COMMIT");
        if (IS_MARIADB || "OFF".equals(database.value("SELECT @@enforce_gtid_consistency"))) {
            inOneSession("START TRANSACTION", "INSERT INTO t VALUES (4)", "INSERT INTO old VALUES (1)", "ROLLBACK");
        }
        database.execute("INSERT INTO t VALUES (5)");
        assertThat(runs.changes("t")).containsExactly("INSERT [1]", "INSERT [3]", "INSERT [5]");
    }

    @Test
    void changesOfAKeyAreADeleteAndAnInsert() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'one'), (2, 'two')");
        assertThat(runs.changes("t")).containsExactly("UPSERT [1, one]", "UPSERT [2, two]");
        database.execute(
                "UPDATE t SET id = 10 WHERE id = 1",
                "UPDATE t SET v = 'zwei' WHERE id = 2",
                "DELETE FROM t WHERE id = 2");
        assertThat(runs.changes("t"))
                .containsExactly("DELETE [1, null]", "INSERT [10, one]", "UPDATE [2, zwei]", "DELETE [2, null]");
        assertThat(runs.changes("t")).isEmpty();
    }

    @Test
    void eachRowTellsWhereAndWhenItWasChanged() {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, _ab_cdc_updated_at text)", "INSERT INTO t VALUES (1, 'own')");
        assertThat(runs.fields(runs.id("t")))
                .containsExactly(
                        "id", "_ab_cdc_updated_at", "_ab_cdc_log_file", "_ab_cdc_log_pos", "_ab_cdc_deleted_at");
        Row copied = runs.next("t").getFirst();
        database.execute("INSERT INTO t VALUES (2, 'own too')", "FLUSH BINARY LOGS", "DELETE FROM t WHERE id = 1");
        List<Row> told = runs.next("t");
        assertThat(copied.values()).startsWith("1", "own").endsWith((String) null);
        assertThat(told.getFirst().values()).startsWith("2", "own too").endsWith((String) null);
        assertThat(told.getLast().value(4)).isNotNull();
        assertThat(List.of(copied, told.getFirst(), told.getLast()))
                .extracting(row -> row.text(2) + "/" + "%012d".formatted(Long.parseLong(row.text(3))))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void rowsThatAServerCompressesAreUnpacked() throws SQLException {
        Assumptions.assumeTrue(IS_MARIADB, "MySQL compresses whole transactions, which is another test");
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v mediumtext, w text)");
        runs.next("t");
        database.execute("SET GLOBAL log_bin_compress = ON");
        try {
            database.execute("SET GLOBAL log_bin_compress_min_len = 10");
            inOneSession(
                    "INSERT INTO t VALUES (1, REPEAT('x', 100000), 'a'), (2, 'b', NULL)",
                    "UPDATE t SET w = REPEAT('y', 3000)",
                    "DELETE FROM t WHERE id = 2",
                    "ALTER TABLE t COMMENT 'a statement that is long enough to be compressed, too'");
        } finally {
            database.execute("SET GLOBAL log_bin_compress = OFF", "SET GLOBAL log_bin_compress_min_len = DEFAULT");
        }
        String x = "x".repeat(100_000);
        String y = "y".repeat(3_000);
        assertThat(runs.changes("t"))
                .containsExactly(
                        "INSERT [1, " + x + ", a]",
                        "INSERT [2, b, null]",
                        "UPDATE [1, " + x + ", " + y + "]",
                        "UPDATE [2, b, " + y + "]",
                        "DELETE [2, null, null]");
    }

    @Test
    void aTruncateIsNotPassedOver() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
        runs.next("t");
        database.execute("TRUNCATE t", "INSERT INTO t VALUES (2)");
        assertProblem("E_LOG_TRUNCATED", () -> runs.next("t"));
        assertThat(runs.appending().next("t")).extracting(row -> row.value(0)).containsExactly("2");
        assertThat(runs.context().lines()).anyMatch(line -> line.message().contains("TRUNCATE"));
    }

    @Test
    void aTableThatWasMadeAnewOrRenamedIsRefused() {
        for (String table : List.of("a", "b", "c", "d")) {
            database.execute("CREATE TABLE " + table + " (id int PRIMARY KEY)", "INSERT INTO " + table + " VALUES (1)");
            runs.next(table);
        }
        database.execute(
                "DROP TABLE a",
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE b_new LIKE b",
                "RENAME TABLE b TO b_old, b_new TO b",
                IS_MARIADB ? "CREATE OR REPLACE TABLE c (id int PRIMARY KEY)" : "DROP TABLE c",
                IS_MARIADB ? "DO 1" : "CREATE TABLE c (id int PRIMARY KEY)",
                "OPTIMIZE TABLE d",
                "ALTER TABLE d FORCE, ADD INDEX (id)",
                "INSERT INTO d VALUES (2)");
        assertProblem("E_OTHER_IDENTITY", () -> runs.next("a"));
        assertProblem("E_OTHER_IDENTITY", () -> runs.next("b"));
        assertProblem("E_OTHER_IDENTITY", () -> runs.next("c"));
        assertThat(runs.changes("d")).as("a table that was only rebuilt").containsExactly("INSERT [2]");
    }

    @Test
    void aLogWithAGapIsRefused() {
        try (MyServer server = MyServer.start(MyOptions.DEFAULTS)) {
            MyDatabase own = server.createDatabase();
            LogRuns there = new LogRuns(own.name(), context -> OneRead.open(own, context, LogFixture.FROM_THE_LOG));
            own.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)");
            there.next("t");
            own.execute("INSERT INTO t VALUES (2)", "FLUSH BINARY LOGS", "INSERT INTO t VALUES (3)");
            assertThat(there.changes("t")).containsExactly("INSERT [2]", "INSERT [3]");
            server.restart();
            own.execute("INSERT INTO t VALUES (4)");
            assertThat(there.changes("t")).as("after a restart of the server").containsExactly("INSERT [4]");
            own.execute("FLUSH BINARY LOGS");
            Await.until("the server deletes old files", Duration.ofSeconds(20), () -> {
                String last = lastFile(own);
                own.execute("PURGE BINARY LOGS TO '" + last + "'");
                return own.query("SHOW BINARY LOGS").size() == 1;
            });
            assertProblem("E_LOG_GAP", () -> there.next("t"));

            LogRuns anew = new LogRuns(own.name(), context -> OneRead.open(own, context, LogFixture.FROM_THE_LOG));
            String reset = resetting(own);
            own.execute(reset, "SET GLOBAL binlog_format = ROW");
            anew.next("t");
            LockSupport.parkNanos(1_100_000_000L); // files are told apart by the second
            own.execute(reset, "INSERT INTO t VALUES (5)", "INSERT INTO t VALUES (6)");
            assertProblem("E_LOG_GAP", () -> anew.next("t"));
        }
    }

    /** The statement that begins the log anew, which newer servers have by another name. */
    private static String resetting(MyDatabase own) {
        String version = String.valueOf(own.value("SELECT VERSION()"));
        return IS_MARIADB || version.startsWith("8.0.") ? "RESET MASTER" : "RESET BINARY LOGS AND GTIDS";
    }

    private static String lastFile(MyDatabase own) {
        return String.valueOf(own.query("SHOW BINARY LOGS").getLast().getFirst());
    }

    @Test
    void columnsThatComeAndGoAreToldAsTheyWere() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, gone text, n int)", "INSERT INTO t VALUES (1, 'x', 1)");
        runs.next("t");
        database.execute(
                "INSERT INTO t VALUES (2, 'x', 2)",
                "ALTER TABLE t DROP COLUMN gone, ADD COLUMN fresh varchar(9) FIRST",
                "INSERT INTO t VALUES ('new', 3, 3)");
        assertThat(runs.changes("t")).containsExactly("INSERT [null, 2, 2]", "INSERT [new, 3, 3]");
        database.execute(
                "ALTER TABLE t MODIFY fresh varchar(300) CHARACTER SET utf8mb4", "UPDATE t SET n = 4 WHERE id = 3");
        assertThat(runs.changes("t")).containsExactly("UPDATE [new, 3, 4]");
        database.execute("UPDATE t SET n = 5 WHERE id = 3", "ALTER TABLE t MODIFY n bigint");
        assertProblem("E_LOG_OTHER_SHAPE", () -> runs.next("t"));
    }

    @Test
    void rowsBetweenTwoAlterationsAreToldOnlyWhereTheLogNamesColumns() {
        for (String table : List.of("unnamed", "named")) {
            database.execute("CREATE TABLE " + table + " (id int PRIMARY KEY, a int, b int)");
            runs.next(table);
        }
        try {
            for (String table : List.of("unnamed", "named")) {
                database.execute(
                        "SET GLOBAL binlog_row_metadata = '"
                                + (table.equals("named") ? "FULL" : IS_MARIADB ? "NO_LOG" : "MINIMAL") + "'",
                        "ALTER TABLE " + table + " MODIFY b int FIRST",
                        "INSERT INTO " + table + " (id, a, b) VALUES (1, 2, 3)",
                        "ALTER TABLE " + table + " MODIFY b int AFTER a");
            }
        } finally {
            database.execute("SET GLOBAL binlog_row_metadata = DEFAULT");
        }
        assertProblem("E_LOG_OTHER_SHAPE", () -> runs.next("unnamed"));
        assertProblem("E_LOG_OTHER_SHAPE", () -> runs.next("named"));
    }

    @Test
    void aColumnThatComesDuringARunIsNotPassedOver() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        runs.next("t");
        try (Source source = runs.open()) {
            StreamRead read = runs.read(source, runs.id("t"));
            database.execute("ALTER TABLE t ADD COLUMN fresh text", "INSERT INTO t VALUES (1, 'new')");
            assertProblem("E_LOG_OTHER_SHAPE", () -> runs.next(source, read));
        }
        assertThat(runs.changes("t")).containsExactly("INSERT [1, new]");
    }

    @Test
    void changesOfWhichTheLogHasNotAllAreRefused() throws SQLException {
        for (String table : List.of("a", "b", "c", "d", "other")) {
            database.execute(
                    "CREATE TABLE " + table + " (id int PRIMARY KEY, n int, m int)",
                    "INSERT INTO " + table + " VALUES (1, 1, 1)");
            runs.next(table);
        }
        inOneSession("SET binlog_format = STATEMENT", "UPDATE a SET n = 2");
        inOneSession("SET binlog_row_image = MINIMAL", "UPDATE b SET n = 2");
        inOneSession("XA START 'x'", "UPDATE c SET n = 2", "XA END 'x'", "XA PREPARE 'x'", "XA COMMIT 'x'");
        inOneSession("XA START 'y'", "UPDATE d SET n = 2", "XA END 'y'", "XA COMMIT 'y' ONE PHASE");
        database.execute("UPDATE other SET n = 2");
        assertProblem("E_LOG_UNTOLD", () -> runs.next("a"));
        assertProblem("E_LOG_UNTOLD", () -> runs.next("b"));
        assertThat(runs.changes("c")).containsExactly("UPDATE [1, 2, 1]");
        assertThat(runs.changes("d")).containsExactly("UPDATE [1, 2, 1]");
        assertThat(runs.changes("other")).containsExactly("UPDATE [1, 2, 1]");
        database.execute(
                "CREATE TABLE parents (id int PRIMARY KEY)",
                "CREATE TABLE children (id int PRIMARY KEY, parent int,"
                        + " FOREIGN KEY (parent) REFERENCES parents (id) ON DELETE CASCADE)");
        assertProblem("E_LOG_UNTOLD", () -> runs.next("children"));
        assertThat(runs.next("parents")).isEmpty();
    }

    @Test
    void whatIsNotInTheLogCanOnlyBeReadWhole() {
        database.execute(
                "CREATE TABLE old (id int PRIMARY KEY) ENGINE = MyISAM",
                "CREATE TABLE versioned (id int PRIMARY KEY) "
                        + (IS_MARIADB ? "WITH SYSTEM VERSIONING" : "ENGINE = MEMORY"),
                "CREATE TABLE computed (id int PRIMARY KEY, twice int AS (2 * id), thrice int AS (3 * id) STORED, z"
                        + " int)",
                "CREATE VIEW looking AS SELECT 1 AS one");
        try (Source source = runs.open()) {
            for (String table : List.of("old", "versioned", "looking")) {
                assertThat(runs.read(source, runs.id(table)).stream().supportsIncremental())
                        .as(table)
                        .isFalse();
            }
        }
        runs.next("computed");
        database.execute("INSERT INTO computed (id, z) VALUES (7, 8)");
        assertThat(runs.changes("computed")).containsExactly("INSERT [7, 8]");
    }

    @Test
    void inAppendModeADeleteIsShownOrRefused() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text)", "INSERT INTO t VALUES (1, 'one')");
        runs.appending().next("t");
        database.execute("DELETE FROM t");
        try (Source source = runs.open()) {
            StreamRead all = runs.read(source, runs.id("t"));
            StreamRead few = new StreamRead(
                    all.stream(),
                    new Schema(all.schema().fields().subList(0, 2)),
                    all.mode(),
                    null,
                    all.primaryKey(),
                    false);
            assertProblem("E_LOG_UNSEEN_DELETE", () -> runs.next(source, few));
        }
        assertThat(runs.changes("t")).containsExactly("DELETE [1, null]");
    }

    @Test
    void moreThanFitsIntoMemoryIsPutAside() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v longtext)");
        runs.next("t");
        database.execute(
                "INSERT INTO t SELECT seq, REPEAT(CONCAT(seq, ' '), 20000) FROM " + database.numbersTo(450),
                "INSERT INTO t VALUES (451, REPEAT('large', 3000000))");
        List<Row> rows = runs.next("t");
        assertThat(rows).hasSize(451);
        assertThat(rows.get(99).text(1)).hasSize(80_000).startsWith("100 100 ");
        assertThat(rows.getLast().text(1)).hasSize(15_000_000).endsWith("large");
    }

    @Test
    void theCheckSaysWhatLacksAndChangesNothing() {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY)",
                "CREATE TABLE child (id int PRIMARY KEY, t int, FOREIGN KEY (t) REFERENCES t (id) ON DELETE SET NULL)");
        try (Source source = runs.open()) {
            CheckReport report = source.check();
            assertThat(report.succeeded()).as(report.toString()).isTrue();
            assertThat(report.steps())
                    .anyMatch(step -> step.toString().contains("binlog"))
                    .anyMatch(step -> step.toString().contains(database.name() + ".child"));
        }
        String user = database.unprivileged().user();
        database.execute("GRANT SELECT ON t TO " + user + "@'%'");
        try (Source source = open(
                runs.context(),
                Map.of("username", user, "password", database.unprivileged().password()))) {
            List<Problem> problems = source.check().steps().stream()
                    .map(CheckReport.Step::problem)
                    .filter(Objects::nonNull)
                    .toList();
            assertThat(problems).extracting(Problem::code).containsExactly("E_NOT_PERMITTED");
            assertThat(problems.getFirst().fix())
                    .contains(
                            IS_MARIADB
                                    ? "GRANT REPLICATION SLAVE, BINLOG MONITOR"
                                    : "GRANT REPLICATION SLAVE, REPLICATION CLIENT");
        }
        database.execute("SET GLOBAL binlog_row_image = MINIMAL", "SET GLOBAL binlog_format = MIXED");
        try (Source source = runs.open()) {
            assertThat(source.check().steps().stream()
                            .map(CheckReport.Step::problem)
                            .filter(Objects::nonNull)
                            .toList())
                    .hasSize(2)
                    .allMatch(problem -> String.valueOf(problem.fix()).startsWith("SET GLOBAL binlog_"));
            assertProblem("E_LOG_UNREADY", () -> runs.next("t"));
        } finally {
            database.execute("SET GLOBAL binlog_row_image = DEFAULT", "SET GLOBAL binlog_format = ROW");
        }
    }

    @Test
    void deletedRowsOfAnotherDatabaseConcernNobody() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        runs.next("t");
        try (MyDatabase other = MyServer.shared().createDatabase()) {
            other.execute("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t VALUES (1)", "DROP TABLE t");
        }
        database.execute("INSERT INTO t VALUES (2)");
        assertThat(runs.next(StreamId.of(database.name(), "t")))
                .extracting(Row::operation)
                .containsExactly(Operation.INSERT);
    }
}
