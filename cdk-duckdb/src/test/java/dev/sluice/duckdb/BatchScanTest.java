package dev.sluice.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class BatchScanTest {
    private static final Schema NUMBERS = Schema.of(new Field("n", new DataType.IntType(64)));
    private static final Schema TEXTS =
            Schema.of(new Field("n", new DataType.IntType(64)), new Field("t", new DataType.TextType()));

    private final ExecutorService others = Executors.newCachedThreadPool();
    private DuckDb database;
    private DuckDbConnection connection;

    @BeforeEach
    void open() {
        database = DuckDb.open(DuckDbOptions.inMemory());
        connection = database.connect();
        connection.execute("SET SESSION preserve_insertion_order = false");
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        database.close();
        others.shutdown();
        assertThat(others.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(NativeBytes.allocated()).isZero();
        assertThat(ScanFunction.entered()).isZero();
    }

    @Test
    void rowsOfSeveralLoadsAtOnceArriveOnce() throws Exception {
        connection.execute("CREATE TABLE t (n BIGINT, t VARCHAR)");
        List<Future<Long>> loads = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            int from = k * 100_000;
            loads.add(others.submit(() -> {
                try (DuckDbConnection own = database.connect();
                        BatchScan scan = own.load(TEXTS, rows -> "INSERT INTO t SELECT * FROM " + rows)) {
                    for (int i = 0; i < 100_000; i += 10_000) {
                        scan.put(texts(from + i, 10_000));
                    }
                    return scan.finish();
                }
            }));
        }
        for (Future<Long> load : loads) {
            assertThat(load.get()).isEqualTo(100_000);
        }
        assertThat(connection.rows(
                        "SELECT count(*), count(DISTINCT n), min(n), max(n), count(*) FILTER (t = 'row number"
                                + " ' || n) FROM t"))
                .containsExactly(List.of(400_000L, 400_000L, 0L, 399_999L, 400_000L));
    }

    @Test
    void orderIsKeptWhereTheSessionPreservesIt() {
        connection.execute("SET SESSION preserve_insertion_order = true");
        connection.execute("CREATE TABLE t (n BIGINT)");
        try (BatchScan scan = connection.load(NUMBERS, rows -> "INSERT INTO t SELECT * FROM " + rows)) {
            for (int i = 0; i < 50; i++) {
                scan.put(numbers(i * 5_000, 5_000));
            }
            assertThat(scan.finish()).isEqualTo(250_000);
        }
        assertThat(connection.rows("SELECT count(*) FROM t WHERE n <> rowid")).containsExactly(List.of(0L));
    }

    @Test
    void anyStatementTakesTheRows(@TempDir Path folder) {
        Path file = folder.resolve("out.parquet");
        try (BatchScan scan = connection.load(
                TEXTS,
                rows -> "COPY (SELECT c0 AS n, c1 AS \"the text\" FROM " + rows + ") TO "
                        + DuckDbSql.literal(file.toString()) + " (FORMAT parquet)")) {
            scan.put(texts(0, 3_000));
            assertThat(scan.finish()).isEqualTo(3_000);
        }
        assertThat(connection.rows("SELECT count(*), max(\"the text\") FROM read_parquet(?)", file.toString()))
                .containsExactly(List.of(3_000L, "row number 999"));
    }

    @Test
    void noBatchAndEmptyBatchesAreNoRows() {
        connection.execute("CREATE TABLE t (n BIGINT)");
        try (BatchScan scan = connection.load(NUMBERS, rows -> "INSERT INTO t SELECT * FROM " + rows)) {
            assertThat(scan.finish()).isZero();
        }
        try (BatchScan scan = connection.load(NUMBERS, rows -> "INSERT INTO t SELECT * FROM " + rows)) {
            scan.put(numbers(0, 0));
            assertThat(scan.finish()).isZero();
        }
    }

    @Test
    void rowsWithoutColumnsCount() {
        connection.execute("CREATE TABLE t (n BIGINT)");
        try (BatchScan scan = connection.load(Schema.of(), rows -> "INSERT INTO t SELECT 7 FROM " + rows)) {
            scan.put(RecordBatch.of(Schema.of(), 5_000, List.of(), 0));
            assertThat(scan.finish()).isEqualTo(5_000);
        }
        assertThat(connection.rows("SELECT count(*), sum(n) FROM t")).containsExactly(List.of(5_000L, "35000"));
    }

    @Test
    void sixteenHundredColumnsComeBack() {
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < 1_600; i++) {
            types.add(RandomColumns.ALL_TYPES.get(i % RandomColumns.ALL_TYPES.size()));
        }
        Schema schema = RandomColumns.schema(types);
        RecordBatch batch = new RandomColumns(42).batch(schema, 0, 300);
        connection.execute("CREATE TABLE t (" + RoundTripTest.columns(schema) + ")");
        assertThat(RoundTripTest.load(connection, schema, List.of(batch))).isEqualTo(300);
        assertThat(RoundTripTest.read(connection, "SELECT * FROM t ORDER BY \"row\""))
                .isEqualTo(RoundTripTest.texts(batch, true));
    }

    @Test
    void unchangedValuesAreNull() {
        LongColumn.Builder builder = new LongColumn.Builder(2);
        builder.append(1);
        builder.appendUnchanged();
        connection.execute("CREATE TABLE t (n BIGINT)");
        RoundTripTest.load(connection, NUMBERS, List.of(RecordBatch.of(NUMBERS, 2, List.of(builder.build()), 0)));
        assertThat(connection.rows("SELECT n FROM t ORDER BY n NULLS LAST"))
                .containsExactly(List.of(1L), Collections.singletonList(null));
    }

    @Test
    void aFailingStatementFailsThePutOrTheFinish() {
        connection.execute("CREATE TABLE t (n BIGINT CHECK (n < 100000))");
        BatchScan scan = connection.load(NUMBERS, rows -> "INSERT INTO t SELECT * FROM " + rows);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        scan.put(numbers(i * 10_000, 10_000));
                    }
                    scan.finish();
                })
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("E_DUCKDB_CONSTRAINT");
                    assertThat(e.problem().why()).contains("CHECK constraint");
                });
        scan.close();
        assertThat(connection.rows("SELECT count(*) FROM t")).containsExactly(List.of(0L));
    }

    @Test
    void aStatementThatCannotBeginFails() {
        BatchScan scan = connection.load(NUMBERS, rows -> "INSERT INTO nowhere SELECT * FROM " + rows);
        assertThatThrownBy(scan::finish)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().why()).contains("nowhere"));
        scan.close();
        assertThat(connection.rows("SELECT 1")).containsExactly(List.of(1L));
    }

    @Test
    void aStatementThatEndsEarlyIsToldToThePut() {
        connection.execute("CREATE TABLE t (n BIGINT)");
        try (BatchScan scan = connection.load(NUMBERS, rows -> "INSERT INTO t SELECT * FROM " + rows + " LIMIT 5")) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            scan.put(numbers(0, 10_000));
                        }
                    })
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void aLoadThatIsGivenUpLeavesNothing() {
        connection.execute("CREATE TABLE t (n BIGINT)");
        BatchScan scan = connection.load(NUMBERS, rows -> "INSERT INTO t SELECT * FROM " + rows);
        scan.put(numbers(0, 10_000));
        scan.close();
        assertThat(connection.rows("SELECT count(*) FROM t")).containsExactly(List.of(0L));
        assertThatThrownBy(scan::finish)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().kind()).isEqualTo(ProblemKind.CANCELLED));
    }

    @Test
    void cancellingEndsAFinishThatWaits() throws Exception {
        connection.execute("CREATE TABLE t (n BIGINT)");
        BatchScan scan = connection.load(
                NUMBERS, rows -> "INSERT INTO t SELECT count(*) FROM range(100000000000) a, " + rows + " b");
        scan.put(numbers(0, 10));
        Future<Long> finish = others.submit(scan::finish);
        assertThatThrownBy(() -> finish.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        scan.cancel();
        assertThatThrownBy(finish::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().kind()).isEqualTo(ProblemKind.CANCELLED));
        scan.close();
        assertThat(connection.rows("SELECT 1")).containsExactly(List.of(1L));
    }

    @Test
    void closingTheDatabaseEndsALoadUnderWay() {
        connection.execute("CREATE TABLE t (n BIGINT)");
        BatchScan scan = connection.load(NUMBERS, rows -> "INSERT INTO t SELECT * FROM " + rows);
        scan.put(numbers(0, 10_000));
        database.close();
        assertThatThrownBy(() -> scan.put(numbers(0, 10))).isInstanceOf(ProblemException.class);
    }

    @Test
    void aFullQueueHoldsTheProducerBack() throws Exception {
        connection.execute("CREATE TABLE t (n BIGINT)");
        // The statement does not ask for the second row before the first batch is used up, which takes for ever.
        BatchScan scan = connection.load(
                NUMBERS, rows -> "INSERT INTO t SELECT count(*) FROM " + rows + " b, range(100000000000) a");
        Future<?> producer = others.submit(() -> {
            for (int i = 0; i < 100_000; i++) {
                scan.put(numbers(0, 60_000));
            }
        });
        assertThatThrownBy(() -> producer.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        scan.close();
        assertThatThrownBy(producer::get).hasCauseInstanceOf(ProblemException.class);
    }

    @Test
    void theConnectionIsOccupiedWhileALoadGoesOn() {
        connection.execute("CREATE TABLE t (n BIGINT)");
        try (BatchScan scan = connection.load(NUMBERS, rows -> "INSERT INTO t SELECT * FROM " + rows)) {
            assertThatThrownBy(() -> connection.rows("SELECT 1")).isInstanceOf(IllegalStateException.class);
            scan.put(numbers(0, 1));
            scan.finish();
            assertThat(connection.rows("SELECT count(*) FROM t")).containsExactly(List.of(1L));
        }
    }

    @Test
    void aBatchOfOtherFieldsIsRefused() {
        connection.execute("CREATE TABLE t (n BIGINT)");
        try (BatchScan scan = connection.load(NUMBERS, rows -> "INSERT INTO t SELECT * FROM " + rows)) {
            assertThatThrownBy(() -> scan.put(texts(0, 1))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theFunctionIsOfNoUseWithoutALoad() {
        assertThatThrownBy(() -> connection.rows("SELECT * FROM sluice_batches(4711)"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().why()).contains("there is no scan 4711"));
    }

    @Test
    void aLoadCanBeRolledBack() {
        connection.execute("CREATE TABLE t (n BIGINT)");
        connection.begin();
        RoundTripTest.load(connection, NUMBERS, List.of(numbers(0, 10_000)));
        connection.rollback();
        connection.begin();
        RoundTripTest.load(connection, NUMBERS, List.of(numbers(0, 10)));
        connection.commit();
        assertThat(connection.rows("SELECT count(*) FROM t")).containsExactly(List.of(10L));
    }

    @Test
    void manyBatchesNeedNoMoreMemoryThanFew() throws Exception {
        connection.execute("CREATE TABLE t (n BIGINT)");
        RecordBatch batch = texts(0, 60_000);
        loadMany(batch, 50);
        long before = residentBytes();
        loadMany(batch, 1_000);
        assertThat(residentBytes() - before).isLessThan(64L << 20);
    }

    private void loadMany(RecordBatch batch, int times) {
        try (BatchScan scan = connection.load(TEXTS, rows -> "INSERT INTO t SELECT sum(length(c1)) FROM " + rows)) {
            for (int i = 0; i < times; i++) {
                scan.put(batch);
            }
            assertThat(scan.finish()).isEqualTo(1);
        }
    }

    private static long residentBytes() throws Exception {
        String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1);
        return Long.parseLong(pages[1]) * 4096;
    }

    private static RecordBatch numbers(int from, int rows) {
        LongColumn.Builder builder = new LongColumn.Builder(rows);
        for (int i = 0; i < rows; i++) {
            builder.append(from + i);
        }
        return RecordBatch.of(NUMBERS, rows, List.of(builder.build()), 0);
    }

    private static RecordBatch texts(int from, int rows) {
        LongColumn.Builder numbers = new LongColumn.Builder(rows);
        BytesColumn.Builder texts = new BytesColumn.Builder(rows);
        for (int i = 0; i < rows; i++) {
            numbers.append(from + i);
            texts.append("row number " + (from + i));
        }
        List<Column> columns = List.of(numbers.build(), texts.build());
        return RecordBatch.of(TEXTS, rows, columns, 0);
    }
}
