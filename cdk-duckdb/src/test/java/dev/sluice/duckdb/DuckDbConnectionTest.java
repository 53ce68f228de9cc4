package dev.sluice.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class DuckDbConnectionTest {
    private static final ReadOptions ALL = new ReadOptions(BatchSize.DEFAULT, () -> 0, LargeValues.ALL);

    private DuckDb database;
    private DuckDbConnection connection;

    @BeforeEach
    void open() {
        database = DuckDb.open(DuckDbOptions.inMemory());
        connection = database.connect();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void severalStatementsRunAtOnce() {
        connection.execute("CREATE TABLE a (n INT); INSERT INTO a VALUES (1), (2); DELETE FROM a WHERE n = 1;");
        assertThat(connection.rows("FROM a")).containsExactly(List.of(2L));
    }

    @Test
    void parametersOfAllKindsArrive() {
        connection.execute("CREATE TABLE p (t VARCHAR, l BIGINT, i INT, d DOUBLE, b BOOLEAN, n VARCHAR)");
        long changed = connection.update(
                "INSERT INTO p VALUES (?, ?, ?, ?, ?, ?)",
                "it's a \u0000 \uD83D\uDE00",
                Long.MIN_VALUE,
                -7,
                0.1,
                true,
                null);
        assertThat(changed).isEqualTo(1);
        assertThat(connection.rows("SELECT * FROM p WHERE l = ? AND b = ?", Long.MIN_VALUE, true))
                .containsExactly(Arrays.asList("it's a \u0000 \uD83D\uDE00", Long.MIN_VALUE, -7L, 0.1, true, null));
        assertThat(connection.update("UPDATE p SET i = i + 1")).isEqualTo(1);
        assertThat(connection.update("DELETE FROM p WHERE l = ?", 5L)).isZero();
        assertThatThrownBy(() -> connection.update("DELETE FROM p WHERE l = ?"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection.rows("SELECT ?", new Object()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void columnsThatDependOnParametersAreFound() {
        assertThat(connection.rows("SELECT [x, 1] AS list, x FROM (SELECT ? AS x)", 2L))
                .containsExactly(List.of("[2,1]", 2L));
    }

    @Test
    void transactionsEndAsTold() {
        connection.execute("CREATE TABLE t (n INT)");
        connection.begin();
        connection.update("INSERT INTO t VALUES (1)");
        assertThat(connection.isInTransaction()).isTrue();
        connection.rollback();
        connection.rollback();
        connection.begin();
        connection.update("INSERT INTO t VALUES (2)");
        connection.commit();
        assertThat(connection.isInTransaction()).isFalse();
        assertThat(connection.rows("FROM t")).containsExactly(List.of(2L));
    }

    @Test
    void aTransactionSeesTheMomentOfItsBeginning() {
        connection.execute("CREATE TABLE t AS SELECT 1 AS n");
        try (DuckDbConnection reader = database.connect()) {
            reader.begin();
            assertThat(reader.rows("SELECT count(*) FROM t")).containsExactly(List.of(1L));
            connection.execute("INSERT INTO t VALUES (2)");
            assertThat(reader.rows("SELECT count(*) FROM t")).containsExactly(List.of(1L));
            reader.commit();
            assertThat(reader.rows("SELECT count(*) FROM t")).containsExactly(List.of(2L));
        }
    }

    @Test
    void aTransactionThatFailedCanBeRolledBack() {
        connection.execute("CREATE TABLE t (n INT)");
        connection.begin();
        assertThatThrownBy(() -> connection.execute("SELECT * FROM nowhere")).isInstanceOf(ProblemException.class);
        connection.rollback();
        connection.execute("INSERT INTO t VALUES (1)");
        assertThat(connection.rows("SELECT count(*) FROM t")).containsExactly(List.of(1L));
    }

    @Test
    void conflictingTransactionsMayBeTriedAgain() {
        connection.execute("CREATE TABLE t AS SELECT 1 AS n");
        try (DuckDbConnection other = database.connect()) {
            connection.begin();
            other.begin();
            connection.update("UPDATE t SET n = 2");
            assertThatThrownBy(() -> other.update("UPDATE t SET n = 3"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().kind()).isEqualTo(ProblemKind.TRANSIENT));
            other.rollback();
            connection.commit();
        }
    }

    @Test
    void aQueryThatFailsInTheMiddleNeverEndsInSilence() {
        String sql = "SELECT CASE WHEN i = 900000 THEN error('boom') ELSE i END FROM range(1000000) t(i)";
        try (BatchReader reader = connection.read(sql, ALL)) {
            assertThatThrownBy(() -> {
                        while (reader.read() != null) {
                            // until it fails
                        }
                    })
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().why()).contains("boom"));
        }
        assertThat(connection.rows("SELECT 1")).containsExactly(List.of(1L));
    }

    @Test
    void aReaderThatIsClosedEarlyFreesTheConnection() {
        try (BatchReader reader = connection.read("SELECT i FROM range(100000000) t(i)", ALL)) {
            assertThat(reader.read()).isNotNull();
            assertThatThrownBy(() -> connection.execute("SELECT 1")).isInstanceOf(IllegalStateException.class);
        }
        assertThat(connection.rows("SELECT 1")).containsExactly(List.of(1L));
    }

    @Test
    void anInterruptEndsAQueryOfAnotherThread() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Object> query = CompletableFuture.supplyAsync(() -> {
            begun.countDown();
            return connection.rows("SELECT sum(a.i * b.i) FROM range(10000000) a(i), range(10000000) b(i)");
        });
        begun.await();
        // An interrupt that comes before the query begins has no effect, so it is repeated.
        while (!query.isDone()) {
            connection.interrupt();
            try {
                query.get(20, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                assertThat(query).isNotCancelled();
            } catch (ExecutionException ended) {
                assertThat(ended.getCause())
                        .isInstanceOfSatisfying(
                                ProblemException.class,
                                e -> assertThat(e.problem().kind()).isEqualTo(ProblemKind.CANCELLED));
            }
        }
        assertThat(connection.rows("SELECT 1")).containsExactly(List.of(1L));
    }

    @Test
    void closingEndsAQueryOfAnotherThread() throws Exception {
        BatchReader reader = connection.read("SELECT i FROM range(1000000000) t(i)", ALL);
        CountDownLatch reading = new CountDownLatch(1);
        CompletableFuture<Void> loop = CompletableFuture.runAsync(() -> {
            while (reader.read() != null) {
                reading.countDown();
            }
        });
        reading.await();
        connection.close();
        assertThatThrownBy(loop::join).hasCauseInstanceOf(RuntimeException.class);
        connection.interrupt();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void manyConnectionsReadSideBySide() {
        connection.execute("CREATE TABLE t AS SELECT i, 'value ' || i AS t FROM range(300000) r(i)");
        List<CompletableFuture<Long>> counts = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            counts.add(CompletableFuture.supplyAsync(() -> {
                long rows = 0;
                try (DuckDbConnection own = database.connect();
                        BatchReader reader = own.read("SELECT * FROM t", ALL)) {
                    for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                        rows += batch.rows();
                    }
                }
                return rows;
            }));
        }
        assertThat(counts).allSatisfy(count -> assertThat(count.join()).isEqualTo(300_000));
    }

    @Test
    void aLargeValueIsAskedForAndHandedOnAfterItsRow() {
        List<Long> asked = new ArrayList<>();
        ReadOptions options = new ReadOptions(BatchSize.DEFAULT, () -> 0, bytes -> {
            asked.add(bytes);
            return bytes < 3_000_000;
        });
        String sql =
                "SELECT i, CASE WHEN i % 3 = 1 THEN repeat('x', 1000000 * (1 + i)::INT + 500000) ELSE 'small' END AS v"
                        + " FROM range(6) t(i) ORDER BY i";
        List<RecordBatch> batches = new ArrayList<>();
        try (BatchReader reader = connection.read(sql, options)) {
            for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                batches.add(batch);
            }
        }
        assertThat(asked).containsExactly(2_500_000L, 5_500_000L);
        assertThat(batches).extracting(RecordBatch::rows).containsExactly(2, 3, 1);
        assertThat(((BytesColumn) batches.get(0).column(1)).length(1)).isEqualTo(2_500_000);
        assertThat(batches.get(1).column(1).isNull(2)).isTrue();
        assertThat(batches.get(1).changes())
                .containsExactly(new ValueChange(
                        2, "v", ValueChange.Change.NULLED, ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION));
    }

    @Test
    void longTextsDoNotMakeBatchesMuchLargerThanTheyShallBe() {
        ReadOptions options = new ReadOptions(new BatchSize(65_536, 1 << 20), () -> 0, LargeValues.ALL);
        try (BatchReader reader = connection.read("SELECT repeat('x', 100000) FROM range(2000)", options)) {
            int rows = 0;
            for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                assertThat(((BytesColumn) batch.column(0)).offsets()[batch.rows()])
                        .isLessThan(2 << 20);
                rows += batch.rows();
            }
            assertThat(rows).isEqualTo(2_000);
        }
    }
}
