package dev.sluice.connector.duckdb.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.duckdb.TestHost;
import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class FullReadTest {
    private static final int ROWS = 1_000_000;

    @TempDir
    private Path folder;

    private SourceFixture fixture;

    @BeforeEach
    void make() {
        fixture = new SourceFixture(folder.resolve("a.duckdb"), Map.of(), new TestHost(new BatchSize(5_000, 1 << 20)));
        fixture.sql("CREATE TABLE t AS SELECT i AS n, 'row ' || i AS t FROM range(" + ROWS + ") r(i)");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theSplitsOfATableHaveEachRowOnce() {
        SourceFixture.Result result = fixture.read(fixture.full("t"), null);
        assertThat(result.plan().splits()).hasSizeGreaterThan(3);
        assertThat(result.end()).isNull();
        assertThat(numbers(result.rows()))
                .isEqualTo(IntStream.range(0, ROWS).boxed().toList());
    }

    @Test
    void splitsAreReadSideBySide() {
        StreamRead read = fixture.full("t");
        try (PlannedRead planned = fixture.planned(read, new ReadStart.Beginning())) {
            List<CompletableFuture<List<List<@Nullable String>>>> parts = planned.plan().splits().stream()
                    .map(split ->
                            CompletableFuture.supplyAsync(() -> fixture.readSplit(read, planned.plan(), split, null)))
                    .toList();
            assertThat(parts.stream().mapToInt(part -> part.join().size()).sum())
                    .isEqualTo(ROWS);
        }
    }

    @Test
    void rowsThatWereDeletedAreNotThere() {
        fixture.sql("DELETE FROM t WHERE n % 3 <> 0; CHECKPOINT; DELETE FROM t WHERE n % 2 = 0");
        SourceFixture.Result result = fixture.read(fixture.full("t"), null);
        assertThat(numbers(result.rows())).hasSize(ROWS / 6 + 1).allMatch(n -> n % 6 == 3);
    }

    @Test
    void anEmptyTableHasNoSplits() {
        fixture.sql("CREATE TABLE empty (n INT)");
        assertThat(fixture.read(fixture.full("empty"), null).plan().splits()).isEmpty();
    }

    @Test
    void viewsAndHiddenRowIdsAreReadInOnePart() {
        fixture.sql(
                "CREATE VIEW v AS SELECT * FROM t WHERE n < 10; CREATE TABLE r AS SELECT 7 AS RowId, n FROM t LIMIT 9");
        SourceFixture.Result view = fixture.read(fixture.full("v"), null);
        assertThat(view.plan().splits()).hasSize(1);
        assertThat(view.rows()).hasSize(10);
        assertThat(fixture.read(fixture.full("r"), null).rows()).hasSize(9).allMatch(row -> "7".equals(row.getFirst()));
    }

    @Test
    void noFieldsAreRowsAllTheSame() {
        StreamRead all = fixture.full("t");
        StreamRead none = new StreamRead(all.stream(), Schema.of(), SyncMode.FULL_REFRESH, null, List.of(), false);
        assertThat(fixture.read(none, null).rows()).hasSize(ROWS);
        fixture.sql("CREATE VIEW v AS SELECT * FROM t WHERE n < 10");
        StreamRead view =
                new StreamRead(fixture.stream("main", "v"), Schema.of(), SyncMode.FULL_REFRESH, null, List.of(), false);
        assertThat(fixture.read(view, null).rows()).hasSize(10);
    }

    @Test
    void aSplitGoesOnAfterAnyBatch() {
        StreamRead read = fixture.full("t");
        try (PlannedRead planned = fixture.planned(read, new ReadStart.Beginning())) {
            Split split = planned.plan().splits().get(1);
            List<List<@Nullable String>> rows = new ArrayList<>();
            String position;
            try (SplitReader reader = fixture.source.open(read, planned.plan(), split, null, fixture.host)) {
                assertThat(reader.position()).isNull();
                assertThat(reader.reportedRows()).isEqualTo(SplitReader.NOT_REPORTED);
                rows.addAll(SourceFixture.texts(Objects.requireNonNull(reader.read())));
                rows.addAll(SourceFixture.texts(Objects.requireNonNull(reader.read())));
                position = reader.position();
            }
            rows.addAll(fixture.readSplit(read, planned.plan(), split, position));
            assertThat(rows).isEqualTo(fixture.readSplit(read, planned.plan(), split, null));
        }
    }

    @Test
    void anInterruptedReadOfAnUnchangedFileIsResumed() {
        StreamRead read = fixture.full("t");
        Map<String, SplitProgress> progress = new HashMap<>();
        List<List<@Nullable String>> rows = new ArrayList<>();
        ReadPlan plan;
        try (PlannedRead planned = fixture.planned(read, new ReadStart.Beginning())) {
            plan = planned.plan();
            Split done = plan.splits().getFirst();
            rows.addAll(fixture.readSplit(read, plan, done, null));
            progress.put(done.id(), new SplitProgress(null, true, rows.size()));
            Split begun = plan.splits().getLast();
            try (SplitReader reader = fixture.source.open(read, plan, begun, null, fixture.host)) {
                RecordBatch batch = Objects.requireNonNull(reader.read());
                rows.addAll(SourceFixture.texts(batch));
                progress.put(begun.id(), new SplitProgress(reader.position(), false, batch.rows()));
            }
        }
        try (PlannedRead resumed = fixture.planned(read, new ReadStart.Resume(plan, null, progress))) {
            assertThat(resumed.plan().splits()).isEqualTo(plan.splits());
            for (Split split : resumed.plan().splits()) {
                SplitProgress done = progress.get(split.id());
                if (done == null || !done.finished()) {
                    rows.addAll(fixture.readSplit(read, resumed.plan(), split, done == null ? null : done.position()));
                }
            }
        }
        assertThat(numbers(rows)).isEqualTo(IntStream.range(0, ROWS).boxed().toList());
    }

    @Test
    void aReadOfAChangedFileIsNotResumed() {
        StreamRead read = fixture.full("t");
        ReadPlan plan = planOnly(read);
        fixture.sql("CREATE TABLE other AS SELECT 1 AS n");
        assertThat(cannotResume(read, plan, Map.of())).contains("the file was changed");
    }

    @Test
    void aReadOfARestoredFileIsNotResumed() throws Exception {
        Path copy = Files.copy(fixture.file, folder.resolve("copy"));
        fixture.sql("UPDATE t SET t = 'changed' WHERE n = 1");
        StreamRead read = fixture.full("t");
        ReadPlan plan = planOnly(read);
        Files.move(copy, fixture.file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(cannotResume(read, plan, Map.of())).contains("the file was changed");
    }

    @Test
    void aReadOfAViewIsResumedOnlyIfNothingIsLeft() {
        fixture.sql("CREATE VIEW v AS SELECT random() AS r FROM range(10)");
        StreamRead read = fixture.full("v");
        ReadPlan plan = planOnly(read);
        assertThat(cannotResume(read, plan, Map.of())).contains("a view may show other rows");
        Map<String, SplitProgress> done = Map.of(plan.splits().getFirst().id(), new SplitProgress(null, true, 10));
        fixture.planned(read, new ReadStart.Resume(plan, null, done)).close();
    }

    @Test
    void aReadBesideAWriterOfThisProcessShowsOneMoment() throws Exception {
        fixture.sql("CREATE TABLE balance AS SELECT i AS account, 100 AS amount FROM range(600000) r(i)");
        AtomicBoolean stop = new AtomicBoolean();
        try (DuckDb shared = DuckDb.open(DuckDbOptions.file(fixture.file))) {
            CompletableFuture<Integer> writer = CompletableFuture.supplyAsync(() -> {
                int commits = 0;
                try (DuckDbConnection connection = shared.connect()) {
                    while (!stop.get()) {
                        connection.begin();
                        connection.execute(
                                "UPDATE balance SET amount = amount - 1 WHERE account = " + commits % 600_000);
                        connection.execute("UPDATE balance SET amount = amount + 1 WHERE account = "
                                + (599_999 - commits % 600_000));
                        connection.commit();
                        commits++;
                    }
                }
                return commits;
            });
            StreamRead read = fixture.full("balance");
            for (int i = 0; i < 5; i++) {
                SourceFixture.Result result = fixture.read(read, null);
                long sum = result.rows().stream()
                        .mapToLong(row -> Long.parseLong(String.valueOf(row.get(1))))
                        .sum();
                assertThat(sum).isEqualTo(60_000_000);
                assertThat(cannotResume(read, result.plan(), Map.of())).contains("written by this process");
            }
            stop.set(true);
            assertThat(writer.get()).isPositive();
        }
    }

    @Test
    void whileAReadIsPlannedNobodyWrites() {
        try (PlannedRead planned = fixture.planned(fixture.full("t"), new ReadStart.Beginning())) {
            assertThatThrownBy(() -> fixture.sql("DELETE FROM t"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("E_DUCKDB_READING"));
            assertThat(planned.plan().splits()).isNotEmpty();
        }
        fixture.sql("DELETE FROM t");
    }

    @Test
    void cancellingEndsAReadOfAnotherThread() {
        StreamRead read = fixture.full("t");
        try (PlannedRead planned = fixture.planned(read, new ReadStart.Beginning());
                SplitReader reader = fixture.source.open(
                        read, planned.plan(), planned.plan().splits().getFirst(), null, fixture.host)) {
            Objects.requireNonNull(reader.read());
            reader.cancel();
            assertThatThrownBy(() -> {
                        while (reader.read() != null) {
                            // until the interrupt is seen
                        }
                    })
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void aStreamThatDoesNotExistIsToldWithItsNeighbour() {
        StreamRead read = fixture.full("t");
        fixture.sql("ALTER TABLE t RENAME TO tt");
        assertThatThrownBy(() -> fixture.source.plan(read, new ReadStart.Beginning()))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("E_NO_TABLE");
                    assertThat(e.problem().fix()).isEqualTo("did you mean main.tt?");
                });
    }

    private ReadPlan planOnly(StreamRead read) {
        try (PlannedRead planned = fixture.planned(read, new ReadStart.Beginning())) {
            return planned.plan();
        }
    }

    private String cannotResume(StreamRead read, ReadPlan plan, Map<String, SplitProgress> progress) {
        PlanResult result = fixture.source.plan(read, new ReadStart.Resume(plan, null, progress));
        assertThat(result).isInstanceOf(PlanResult.CannotResume.class);
        return ((PlanResult.CannotResume) result).why();
    }

    private static List<Integer> numbers(List<List<@Nullable String>> rows) {
        return rows.stream()
                .map(row -> Integer.valueOf(String.valueOf(row.getFirst())))
                .sorted()
                .toList();
    }
}
