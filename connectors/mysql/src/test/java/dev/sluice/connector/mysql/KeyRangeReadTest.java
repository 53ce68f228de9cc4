package dev.sluice.connector.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyProduct;
import dev.sluice.testkit.mysql.MyServer;
import dev.sluice.testkit.rows.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Ranges of keys of any kind hold each row once, and an interrupted read goes on only where it may. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyRangeReadTest {
    private static final boolean IS_MARIADB = MyProduct.underTest() == MyProduct.MARIADB;
    private static final int ROWS = 30_000;

    private final TestContext context = new TestContext();
    private final MyDatabase database = MyServer.shared().createDatabase();
    private final Source source = open(Map.of());

    @BeforeAll
    void makeNumbers() {
        database.execute(
                "CREATE TABLE numbers (n int PRIMARY KEY)",
                "INSERT INTO numbers SELECT seq FROM " + database.numbersTo(ROWS));
    }

    private Source open(Map<String, Object> otherwise) {
        return OneRead.open(database, context, otherwise);
    }

    @AfterAll
    void drop() {
        source.close();
        database.close();
    }

    /** A table of many rows: the columns of its key, and expressions of n that fill them. */
    private record Keyed(String name, String columns, String key, String values) {}

    private static final List<Keyed> KEYED = List.of(
            new Keyed(
                    "text_ci",
                    "k varchar(60) COLLATE utf8mb4_general_ci",
                    "k",
                    "CONCAT(IF(n % 2, 'Ä', 'a'), HEX(n * 7919))"),
            new Keyed(
                    "text_bin",
                    "k varchar(60) COLLATE utf8mb4_bin",
                    "k",
                    "CONCAT(CHAR(65 + n % 40), ' ', n, '\\\\''\"')"),
            new Keyed(
                    "text_latin",
                    "k varchar(60) CHARACTER SET latin1 COLLATE latin1_german2_ci",
                    "k",
                    "CONCAT('ß', n % 7, 'ü', n)"),
            new Keyed(
                    "text_uca",
                    "k varchar(60) COLLATE " + (IS_MARIADB ? "utf8mb4_uca1400_ai_ci" : "utf8mb4_0900_ai_ci"),
                    "k",
                    "CONCAT(n % 100, '-', n, 'é')"),
            new Keyed("blobs", "k varbinary(40)", "k", "UNHEX(LEFT(SHA2(n, 256), 32))"),
            new Keyed(
                    "uuids",
                    IS_MARIADB ? "k uuid" : "k char(36) COLLATE utf8mb4_0900_as_cs",
                    "k",
                    "CONCAT(SUBSTR(SHA2(n, 256), 1, 8), '-', SUBSTR(SHA2(n, 256), 9, 4), '-4', SUBSTR(SHA2(n, 256),"
                            + " 14, 3), '-a', SUBSTR(SHA2(n, 256), 18, 3), '-', SUBSTR(SHA2(n, 256), 21, 12))"),
            new Keyed("moments", "k datetime(6)", "k", "'2020-01-01' + INTERVAL n * 997 MICROSECOND"),
            new Keyed("points", "k timestamp(3) NOT NULL", "k", "'2020-01-01' + INTERVAL n SECOND"),
            new Keyed("decimals", "k decimal(20,5)", "k", "n / 7 - 1000"),
            new Keyed("big_unsigned", "k bigint unsigned", "k", "18446744073709551615 - n * 1000003"),
            new Keyed("skewed", "k bigint", "k", "IF(n < 29000, n, n * 1000000007)"),
            new Keyed("two_columns", "a varchar(9), b int", "a, b", "CONCAT('g', n % 5), n"),
            new Keyed("lopsided", "a int, b varchar(20), c date", "a, b, c", "IF(n < 100, n, 5), n, '2020-01-01'"),
            new Keyed("unique_key", "k varchar(60) NOT NULL, UNIQUE (k)", "", "LEFT(SHA2(n, 256), 32)"),
            new Keyed("enumerated", "e enum('z','a'), n2 int", "e, n2", "1 + n % 2, n"),
            new Keyed("no_key", "k int", "", "n"));

    @TestFactory
    Stream<DynamicTest> eachRowLiesInOneRange() {
        return KEYED.stream()
                .map(keyed -> DynamicTest.dynamicTest(keyed.name(), () -> {
                    String key = keyed.key().isEmpty() ? "" : ", PRIMARY KEY (" + keyed.key() + ")";
                    database.execute(
                            "CREATE TABLE " + keyed.name() + " (" + keyed.columns() + ", payload varchar(300)" + key
                                    + ")",
                            "INSERT INTO " + keyed.name() + " SELECT " + keyed.values()
                                    + ", RPAD(n, 300, 'x') FROM numbers",
                            "ANALYZE TABLE " + keyed.name());
                    StreamRead read = OneRead.full(source, id(keyed.name()));
                    boolean divided = !List.of("enumerated", "no_key").contains(keyed.name());
                    assertThat(read.stream().resumable()).isEqualTo(divided);
                    try (StreamReading reading = StreamReading.plan(
                                    source, read, new ReadStart.Beginning(), BatchSize.DEFAULT)
                            .orElseThrow()) {
                        List<Split> splits = reading.plan().splits();
                        assertThat(splits)
                                .hasSizeGreaterThanOrEqualTo(divided ? 4 : 1)
                                .hasSizeLessThan(60);
                        List<Row> rows = reading.readAllInParallel(4).rows();
                        assertThat(rows).hasSize(ROWS).doesNotHaveDuplicates();
                    }
                }));
    }

    @Test
    void aReadThatMayNotLockTheTableUsesOneConnection() {
        String user = database.unprivileged().user();
        database.execute(
                "CREATE TABLE readable (id int PRIMARY KEY, payload varchar(300))",
                "INSERT INTO readable SELECT n, RPAD(n, 300, 'x') FROM numbers",
                "ANALYZE TABLE readable",
                "GRANT SELECT ON " + database.name() + ".readable TO " + user);
        try (Source limited = open(
                Map.of("username", user, "password", database.unprivileged().password()))) {
            assertThat(OneRead.rows(limited, id("readable"))).hasSize(ROWS).doesNotHaveDuplicates();
            assertThat(context.lines()).anyMatch(line -> line.message().contains("is read by one connection"));
        }
    }

    @Test
    void onlyColumnsThatMayBeReadAreOffered() {
        String user = database.unprivileged().user();
        database.execute(
                "CREATE TABLE half (id int PRIMARY KEY, secret text, n int)",
                "CREATE TABLE hidden (id int)",
                "INSERT INTO half VALUES (1, 'canary', 2)",
                "GRANT SELECT (id, n) ON " + database.name() + ".half TO " + user);
        try (Source limited = open(
                Map.of("username", user, "password", database.unprivileged().password()))) {
            assertThat(OneRead.discover(limited, id("half")).schema().names()).containsExactly("id", "n");
            assertThat(OneRead.rows(limited, id("half"))).containsExactly(Row.of("1", "2"));
        }
    }

    @Test
    void tablesWithoutSnapshotsAndViewsAreReadByOneStatement() {
        database.execute(
                "CREATE TABLE plain (id int PRIMARY KEY, payload varchar(300)) ENGINE=MyISAM",
                "INSERT INTO plain SELECT n, RPAD(n, 300, 'x') FROM numbers",
                "CREATE VIEW shown AS SELECT n, n * 2 AS twice FROM numbers WHERE n <= 100",
                "CREATE TABLE parted (id int PRIMARY KEY, p varchar(300)) PARTITION BY HASH (id) PARTITIONS 4",
                "INSERT INTO parted SELECT n, RPAD(n, 300, 'x') FROM numbers");
        assertThat(OneRead.discover(source, id("plain")).resumable()).isFalse();
        assertThat(OneRead.rows(source, id("plain"))).hasSize(ROWS);
        assertThat(OneRead.rows(source, id("shown"))).hasSize(100).contains(Row.of("7", "14"));
        assertThat(OneRead.rows(source, id("parted"))).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void aHalfReadTableGoesOnOnlyIfTheServerSaysThatItWasNotChanged() {
        database.execute(
                "CREATE TABLE half_read (id int PRIMARY KEY, payload varchar(300))",
                "INSERT INTO half_read SELECT n, RPAD(n, 300, 'x') FROM numbers",
                "ANALYZE TABLE half_read");
        // The server tells the second of a change, so two of them have to lie between the change and the read.
        database.execute("DO SLEEP(3)");
        StreamId id = id("half_read");
        List<Row> first;
        ReadStart.Resume resume;
        try (StreamReading reading = StreamReading.plan(
                        source, OneRead.full(source, id), new ReadStart.Beginning(), BatchSize.DEFAULT)
                .orElseThrow()) {
            assertThat(reading.plan().splits()).hasSizeGreaterThan(2);
            reading.readSplit(reading.splitsLeft().getFirst());
            first = List.copyOf(reading.rows());
            resume = reading.resume();
        }
        try (Source later = open(Map.of());
                StreamReading rest = StreamReading.plan(later, OneRead.full(later, id), resume, BatchSize.DEFAULT)
                        .orElseThrow()) {
            assertThat(rest.readAll().rows())
                    .hasSize(ROWS - first.size())
                    .extracting(row -> row.text(0))
                    .doesNotContain("1");
        }
        assertThat(first).extracting(row -> row.text(0)).contains("1");
        database.execute("UPDATE half_read SET payload = 'new' WHERE id = 1");
        try (Source later = open(Map.of())) {
            Optional<StreamReading> rest =
                    StreamReading.plan(later, OneRead.full(later, id), resume, BatchSize.DEFAULT);
            rest.ifPresent(StreamReading::close);
            assertThat(rest).isEmpty();
        }
    }

    private StreamId id(String table) {
        return StreamId.of(database.name(), table);
    }
}
