package dev.sluice.connector.duckdb.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.StreamRead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of the host shows noon of 2026-03-01 UTC. */
final class IncrementalReadTest {
    @TempDir
    private Path folder;

    private SourceFixture fixture;

    @BeforeEach
    void open() {
        fixture = new SourceFixture(folder.resolve("a.duckdb"), Map.of());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void onlyNewRowsComeAgainAndNoneIsLostAtTheBoundary() {
        fixture.sql("CREATE TABLE t (id VARCHAR, c TIMESTAMP); INSERT INTO t VALUES"
                + " ('a', '2026-01-01'), ('b', '2026-01-02'), ('c', '2026-01-02')");
        StreamRead read = fixture.incremental("t", "c", false);
        SourceFixture.Result first = fixture.read(read, null);
        assertThat(first.first()).containsExactly("a", "b", "c");

        SourceFixture.Result nothing = fixture.read(read, first.end());
        assertThat(nothing.rows()).isEmpty();

        // A row with the last value, one after it, and one that was changed without a new value.
        fixture.sql(
                "INSERT INTO t VALUES ('d', '2026-01-02'), ('e', '2026-01-03'); UPDATE t SET id = 'c2' WHERE id = 'c'");
        SourceFixture.Result second = fixture.read(read, nothing.end());
        assertThat(second.first()).containsExactly("c2", "d", "e");
        assertThat(fixture.read(read, second.end()).rows()).isEmpty();
    }

    @Test
    void rowsThatAreAllTheSameAreCounted() {
        fixture.sql("CREATE TABLE t (id VARCHAR, c INT); INSERT INTO t VALUES ('x', 1), ('x', 1)");
        StreamRead read = fixture.incremental("t", "c", false);
        SourceFixture.Result first = fixture.read(read, null);
        assertThat(first.rows()).hasSize(2);
        fixture.sql("INSERT INTO t VALUES ('x', 1)");
        SourceFixture.Result second = fixture.read(read, first.end());
        assertThat(second.rows()).hasSize(1);
        fixture.sql("DELETE FROM t; INSERT INTO t VALUES ('x', 1)");
        assertThat(fixture.read(read, second.end()).rows()).isEmpty();
    }

    @Test
    void whereOneRowAKeyIsKeptTheBoundaryComesAgain() {
        fixture.sql(
                "CREATE TABLE t (id VARCHAR, c INT); INSERT INTO t VALUES ('a', 1), ('b', 2), ('c', 2), ('n', NULL)");
        StreamRead read = fixture.incremental("t", "c", true);
        SourceFixture.Result first = fixture.read(read, null);
        assertThat(first.first()).containsExactly("a", "b", "c", "n");
        assertThat(fixture.read(read, first.end()).first()).containsExactly("b", "c");
        fixture.sql("INSERT INTO t VALUES ('m', NULL)");
        assertThat(fixture.read(read, first.end()).first()).containsExactly("b", "c", "m");
    }

    @Test
    void rowsWithoutAValueComeWhenTheyAreNew() {
        fixture.sql("CREATE TABLE t (id VARCHAR, c INT); INSERT INTO t VALUES ('a', NULL), ('b', NULL), ('c', 1)");
        StreamRead read = fixture.incremental("t", "c", false);
        SourceFixture.Result first = fixture.read(read, null);
        assertThat(first.first()).containsExactly("a", "b", "c");
        assertThat(fixture.host.lines()).anyMatch(line -> line.contains("2 rows have no value in the cursor c"));

        fixture.sql("INSERT INTO t VALUES ('d', NULL); UPDATE t SET c = 2 WHERE id = 'a'");
        SourceFixture.Result second = fixture.read(read, first.end());
        assertThat(second.first()).containsExactly("a", "d");
        assertThat(fixture.read(read, second.end()).rows()).isEmpty();
    }

    @Test
    void tooManyRowsWithoutAValueAreCountedAndReported() {
        int many = CursorBoundary.MAX_WITHOUT_VALUE + 1;
        fixture.sql("CREATE TABLE t AS SELECT NULL::INT AS c, i AS id FROM range(" + many + ") r(i)");
        StreamRead read = fixture.incremental("t", "c", false);
        SourceFixture.Result first = fixture.read(read, null);
        assertThat(first.rows()).hasSize(many);
        assertThat(fixture.host.lines()).anyMatch(line -> line.startsWith("WARNING") && line.contains("too many"));

        fixture.sql("INSERT INTO t VALUES (NULL, -1), (5, -2)");
        SourceFixture.Result second = fixture.read(read, first.end());
        assertThat(second.first()).containsExactly("5");
        assertThat(fixture.host.lines())
                .anyMatch(line -> line.startsWith("WARNING") && line.contains(", 1 more than at the last read"));
    }

    @Test
    void aTableThatIsAllNullsBeginsWithItsFirstValue() {
        fixture.sql("CREATE TABLE t (id VARCHAR, c INT); INSERT INTO t VALUES ('a', NULL)");
        StreamRead read = fixture.incremental("t", "c", false);
        SourceFixture.Result first = fixture.read(read, null);
        fixture.sql("INSERT INTO t VALUES ('b', -5)");
        assertThat(fixture.read(read, first.end()).first()).containsExactly("b");
    }

    @Test
    void anEmptyTableBeginsWithItsFirstRow() {
        fixture.sql("CREATE TABLE t (id VARCHAR, c DATE)");
        StreamRead read = fixture.incremental("t", "c", false);
        SourceFixture.Result first = fixture.read(read, null);
        assertThat(first.plan().splits()).isEmpty();
        fixture.sql("INSERT INTO t VALUES ('b', '0044-03-15 (BC)')");
        assertThat(fixture.read(read, first.end()).first()).containsExactly("b");
    }

    @Test
    void aValueInTheFutureHidesNothing() {
        fixture.sql("CREATE TABLE t (id VARCHAR, c TIMESTAMPTZ); INSERT INTO t VALUES ('now', '2026-03-01 11:00+00'),"
                + " ('far', '9999-12-31 00:00+00'), ('never', 'infinity')");
        StreamRead read = fixture.incremental("t", "c", false);
        SourceFixture.Result first = fixture.read(read, null);
        assertThat(first.first()).containsExactly("far", "never", "now");
        assertThat(Objects.requireNonNull(first.end()).value()).contains("2026-03-01 11:00:00+00");

        fixture.sql("INSERT INTO t VALUES ('later', '2026-03-01 11:30+00'), ('far2', '9999-12-31 00:00+00')");
        SourceFixture.Result second = fixture.read(read, first.end());
        assertThat(second.first()).containsExactly("far2", "later");
        assertThat(fixture.read(read, second.end()).rows()).isEmpty();
    }

    @Test
    void localTimesMayBeAheadOfUtcByTheirOffset() {
        fixture.sql("CREATE TABLE t (id VARCHAR, c TIMESTAMP, d DATE); INSERT INTO t VALUES"
                + " ('kiribati', '2026-03-02 01:59', '2026-03-02'), ('far', '2026-03-02 02:01', '2026-03-03')");
        SourceFixture.Result timestamps = fixture.read(fixture.incremental("t", "c", false), null);
        assertThat(Objects.requireNonNull(timestamps.end()).value()).contains("\"2026-03-02 01:59:00\"");
        SourceFixture.Result dates = fixture.read(fixture.incremental("t", "d", false), null);
        assertThat(Objects.requireNonNull(dates.end()).value()).contains("\"value\":\"2026-03-02\"");
    }

    @Test
    void numbersThatAreNoneHideNothing() {
        fixture.sql("CREATE TABLE t (id VARCHAR, c DOUBLE); INSERT INTO t VALUES ('one', 1), ('nan', 'nan'), ('inf',"
                + " 'inf')");
        StreamRead read = fixture.incremental("t", "c", false);
        SourceFixture.Result first = fixture.read(read, null);
        fixture.sql("INSERT INTO t VALUES ('two', 2), ('nan2', 'nan'), ('zero', 0)");
        // What comes late with a smaller value is not seen by any cursor.
        assertThat(fixture.read(read, first.end()).first()).containsExactly("nan2", "two");
    }

    @Test
    void cursorsOfAllOrderedTypesGoOn() {
        fixture.sql("""
            CREATE TABLE t (id INT, i8 TINYINT, u64 UBIGINT, h HUGEINT, b BIGNUM, d4 DECIMAL(4,2), d38 DECIMAL(38,5),
                f FLOAT, v VARCHAR, e ENUM('low', 'mid', 'high'), u UUID, dt DATE, s TIMESTAMP_S, ms TIMESTAMP_MS,
                ns TIMESTAMP_NS, tz TIMESTAMPTZ);
            INSERT INTO t VALUES (1, -5, 1, -1, 5, 1.5, -7, 0.1, 'a' || chr(0) || '''', 'mid',
                '00000000-0000-0000-0000-000000000001', '0001-01-01', '2020-01-01', '2020-01-01 00:00:00.001',
                '2020-01-01 00:00:00.000000001', '2020-01-01');
            """);
        List<String> cursors =
                List.of("i8", "u64", "h", "b", "d4", "d38", "f", "v", "e", "u", "dt", "s", "ms", "ns", "tz");
        List<Position> ends = cursors.stream()
                .map(cursor -> Objects.requireNonNull(fixture.read(fixture.incremental("t", cursor, false), null)
                        .end()))
                .toList();
        fixture.sql("""
            INSERT INTO t VALUES (2, -4, 18446744073709551615, 170141183460469231731687303715884105727,
                123456789012345678901234567890123456789012, 1.51, -6.99999, 0.2, 'b', 'high',
                'ffffffff-ffff-ffff-ffff-ffffffffffff', '0001-01-02', '2020-01-02', '2020-01-01 00:00:00.002',
                '2020-01-01 00:00:00.000000002', '2020-01-01 00:00:00.000001');
            """);
        for (int i = 0; i < cursors.size(); i++) {
            StreamRead read = fixture.incremental("t", cursors.get(i), false);
            SourceFixture.Result second = fixture.read(read, ends.get(i));
            assertThat(second.first()).as(cursors.get(i)).containsExactly("2");
            assertThat(fixture.read(read, second.end()).rows())
                    .as(cursors.get(i))
                    .isEmpty();
        }
    }

    @Test
    void whatHasNoOrderIsNoCursor() {
        fixture.sql("CREATE TABLE t (id INT, l INT[], b BOOLEAN)");
        for (String column : List.of("l", "b", "nowhere")) {
            StreamRead read = fixture.incremental("t", column, false);
            assertThatThrownBy(() -> fixture.source.plan(read, new ReadStart.Beginning()))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("E_CURSOR_TYPE"));
        }
    }

    @Test
    void manyRowsOfOneValueAreRememberedUpToALimit() {
        fixture.sql("CREATE TABLE t AS SELECT i AS id, 7 AS c FROM range(" + CursorBoundary.MAX_SEEN + ") r(i)");
        StreamRead read = fixture.incremental("t", "c", false);
        SourceFixture.Result first = fixture.read(read, null);
        assertThat(Objects.requireNonNull(first.end()).value()).hasSizeLessThan(2_500_000);
        fixture.sql("DELETE FROM t WHERE id = 5; INSERT INTO t VALUES (-1, 7)");
        assertThat(fixture.read(read, first.end()).first()).containsExactly("-1");

        fixture.sql("INSERT INTO t VALUES (-2, 7)");
        assertThatThrownBy(() -> fixture.read(read, null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("E_TOO_MANY_TIES"));
        assertThat(fixture.read(fixture.incremental("t", "c", true), null).rows())
                .hasSize(CursorBoundary.MAX_SEEN + 1);
    }

    @Test
    void aLargeIncrementIsDividedAndHasEachRowOnce() {
        fixture.sql("CREATE TABLE t AS SELECT i AS id, i AS c FROM range(1000) r(i)");
        StreamRead read = fixture.incremental("t", "c", false);
        SourceFixture.Result first = fixture.read(read, null);
        fixture.sql("INSERT INTO t SELECT i, i FROM range(1000, 900000) r(i); INSERT INTO t VALUES (-1, 999)");
        SourceFixture.Result second = fixture.read(read, first.end());
        assertThat(second.plan().splits()).hasSizeGreaterThan(2);
        assertThat(second.rows()).hasSize(899_001).doesNotHaveDuplicates();
        assertThat(second.rows()).contains(List.of("-1", "999"));
    }

    @Test
    void viewsAreReadByCursorToo() {
        fixture.sql("CREATE TABLE t (id VARCHAR, c INT); INSERT INTO t VALUES ('a', 1), ('b', 1);"
                + " CREATE VIEW v AS SELECT id, c FROM t");
        StreamRead read = fixture.incremental("v", "c", false);
        SourceFixture.Result first = fixture.read(read, null);
        assertThat(first.first()).containsExactly("a", "b");
        fixture.sql("INSERT INTO t VALUES ('c', 1), ('d', 2)");
        assertThat(fixture.read(read, first.end()).first()).containsExactly("c", "d");
    }

    @Test
    void anInterruptedIncrementIsResumedIfTheFileIsUnchanged() {
        fixture.sql("CREATE TABLE t AS SELECT i AS id, i AS c FROM range(1000) r(i)");
        StreamRead read = fixture.incremental("t", "c", false);
        SourceFixture.Result first = fixture.read(read, null);
        fixture.sql("INSERT INTO t SELECT i, i FROM range(1000, 900000) r(i); INSERT INTO t VALUES (-1, 999)");
        ReadPlan plan;
        try (PlannedRead planned = fixture.planned(read, new ReadStart.After(Objects.requireNonNull(first.end())))) {
            plan = planned.plan();
        }
        Split done = plan.splits().getFirst();
        Map<String, SplitProgress> progress = Map.of(done.id(), new SplitProgress(null, true, 1));
        long rows = 0;
        try (PlannedRead resumed = fixture.planned(read, new ReadStart.Resume(plan, first.end(), progress))) {
            assertThat(resumed.plan().end()).isEqualTo(plan.end());
            for (Split split : resumed.plan().splits().subList(1, plan.splits().size())) {
                rows += fixture.readSplit(read, resumed.plan(), split, null).size();
            }
        }
        assertThat(rows).isEqualTo(899_000);
    }

    @Test
    void aPositionOfAnotherFileIsRefusedUnlessTheFileMayBeRebuilt() throws Exception {
        String sql = "CREATE TABLE t (id VARCHAR, c INT); INSERT INTO t VALUES ('a', 1)";
        fixture.sql(sql);
        Position before = Objects.requireNonNull(
                fixture.read(fixture.incremental("t", "c", false), null).end());
        Files.delete(fixture.file);
        fixture.sql(sql + ", ('b', 2)");
        assertThatThrownBy(() -> fixture.read(fixture.incremental("t", "c", false), before))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("E_OTHER_IDENTITY");
                    assertThat(e.problem().fix()).contains("rebuilt_file");
                });

        try (SourceFixture lenient = new SourceFixture(fixture.file, Map.of("rebuilt_file", true))) {
            StreamRead read = lenient.incremental("t", "c", false);
            SourceFixture.Result first = lenient.read(read, null);
            Files.delete(fixture.file);
            lenient.sql(sql + ", ('b', 2), ('c', 3)");
            assertThat(lenient.read(read, first.end()).first()).containsExactly("c");
        }
    }

    @Test
    void aPositionOfAnotherCursorIsRefused() {
        fixture.sql("CREATE TABLE t (id INT, c INT, d INT); INSERT INTO t VALUES (1, 1, 1)");
        Position position =
                fixture.read(fixture.incremental("t", "c", false), null).end();
        assertThatThrownBy(() -> fixture.read(fixture.incremental("t", "d", false), position))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("E_OTHER_IDENTITY"));
    }

    @Test
    void aPositionThatIsNoneIsRefused() {
        fixture.sql("CREATE TABLE t (id INT, c INT); INSERT INTO t VALUES (1, 1)");
        StreamRead read = fixture.incremental("t", "c", false);
        Position good = Objects.requireNonNull(fixture.read(read, null).end());
        for (String broken : List.of("", "{}", "nonsense", "{\"cursor\":\"c\",\"seen\":\"*\",\"nulls\":0}")) {
            assertThatThrownBy(() -> fixture.read(read, new Position(good.identity(), broken)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("E_POSITION"));
        }
    }

    @Test
    void rowsThatWereDeletedDoNotMoveThePositionBack() {
        fixture.sql("CREATE TABLE t (id INT, c INT); INSERT INTO t VALUES (1, 1), (2, 2)");
        StreamRead read = fixture.incremental("t", "c", false);
        Position first = fixture.read(read, null).end();
        fixture.sql("DELETE FROM t WHERE c = 2");
        SourceFixture.Result second = fixture.read(read, first);
        assertThat(second.rows()).isEmpty();
        fixture.sql("INSERT INTO t VALUES (3, 2), (4, 1)");
        assertThat(fixture.read(read, second.end()).first()).containsExactly("3");
    }
}
