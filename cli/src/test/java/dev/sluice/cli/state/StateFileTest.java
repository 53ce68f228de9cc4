package dev.sluice.cli.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.state.FailureCount;
import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.Refresh;
import dev.sluice.engine.state.StreamState;
import dev.sluice.engine.state.UnfinishedRead;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private static final StreamId ORDERS = StreamId.of("public", "orders");
    private static final StreamId USERS = StreamId.of("users");
    private static final Position AT_5 = new Position("shop", "{\"id\": 5}");
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path directory;

    @Test
    void givesEachConnectionAnIdentityThatStays() {
        String first;
        try (StateFile file = open()) {
            first = file.connection("shop").connectionId();
            assertThat(file.connection("other").connectionId()).isNotEqualTo(first);
            assertThat(file.existing("none")).isEmpty();
        }
        try (StateFile file = open()) {
            assertThat(file.connection("shop").connectionId()).isEqualTo(first).hasSize(36);
        }
    }

    @Test
    void bringsAnOlderFileToTheNewestVersionAndLosesNothing() throws IOException, SQLException {
        Files.createDirectories(directory.resolve(".sluice"));
        for (String statement : Migrations.ALL.getFirst()) {
            sql(statement);
        }
        sql("INSERT INTO connection VALUES ('an id', 'shop')");
        sql("INSERT INTO stream (connection, namespace, name, settings, generation, last_sync_id)"
                + " VALUES ('an id', '', 'users', 'by id', 3, 41)");
        sql("PRAGMA application_id = " + 0x534c5549);
        sql("PRAGMA user_version = 1");

        try (StateFile file = open()) {
            SqliteStateStore store = file.connection("shop");
            assertThat(store.stream(USERS))
                    .contains(StreamState.initial(USERS, "by id").published(3, 41, null));
            Job job = store.beginJob();
            assertThat(store.failures(job, USERS)).isEqualTo(FailureCount.NONE);
        }
    }

    @Test
    void keepsStreamsAsTheyWereAndWishesToReadThemAgain() {
        CatalogStream stream = new CatalogStream(
                ORDERS,
                Schema.of(new Field("a \"b\"", new DataType.DecimalType(12, 2))),
                Set.of(SyncMode.INCREMENTAL),
                Cursor.KEPT_BY_SOURCE,
                List.of(FieldPath.of("a \"b\"")),
                true,
                Estimate.NONE);
        StreamState wished =
                StreamState.initial(USERS, "by id").published(3, 41, AT_5).refreshing(Refresh.TRUNCATE);
        try (StateFile file = open()) {
            SqliteStateStore store = file.connection("shop");
            store.saveKnown(stream);
            store.save(wished);
        }
        try (StateFile file = open()) {
            SqliteStateStore store = file.connection("shop");
            assertThat(store.knownStreams()).containsExactly(stream);
            assertThat(store.stream(USERS)).contains(wished);
            assertThat(file.connection("other").knownStreams()).isEmpty();
            store.forgetKnown(ORDERS);
            assertThat(store.knownStreams()).isEmpty();
        }
    }

    @Test
    void countsFailuresUntilTheJobEnds() {
        Job job;
        try (StateFile file = open()) {
            SqliteStateStore store = file.connection("shop");
            job = store.beginJob();
            store.saveFailures(job, USERS, new FailureCount(1, 2, 3, 4));
            store.saveFailures(job, USERS, new FailureCount(5, 6, 7, 8));
        }
        try (StateFile file = open()) {
            SqliteStateStore store = file.connection("shop");
            assertThat(store.failures(job, USERS)).isEqualTo(new FailureCount(5, 6, 7, 8));
            assertThat(store.failures(job, ORDERS)).isEqualTo(FailureCount.NONE);
            store.endJob(job, "failed");
            assertThat(store.failures(job, USERS)).isEqualTo(FailureCount.NONE);
        }
    }

    @Test
    void keepsStatesWithAllTheirParts() {
        StreamState published = StreamState.initial(USERS, "by id").published(3, 41, AT_5);
        StreamState reading = StreamState.initial(ORDERS, "by \"x\"")
                .reading(
                        4,
                        new UnfinishedRead(42, AT_5, "shape", plan(2), Map.of("s1", new SplitProgress("p", false, 7))));
        try (StateFile file = open()) {
            SqliteStateStore store = file.connection("shop");
            store.save(published);
            store.save(reading);
            store.save(StreamState.initial(StreamId.of("empty"), "s"));
        }
        try (StateFile file = open()) {
            SqliteStateStore store = file.connection("shop");
            assertThat(store.stream(USERS)).contains(published);
            assertThat(store.stream(ORDERS)).contains(reading);
            assertThat(store.streams()).hasSize(3);
            assertThat(file.connection("other").streams()).isEmpty();
        }
    }

    @Test
    void replacesTheProgressOfOneSplit() {
        try (StateFile file = open()) {
            SqliteStateStore store = file.connection("shop");
            StreamState state = StreamState.initial(ORDERS, "s")
                    .reading(0, new UnfinishedRead(1, null, "shape", plan(3), Map.of()));
            store.save(state);
            store.saveProgress(ORDERS, "s1", new SplitProgress("5", false, 5));
            store.saveProgress(ORDERS, "s1", new SplitProgress(null, true, 9));

            assertThat(store.stream(ORDERS).orElseThrow().unfinished())
                    .isEqualTo(new UnfinishedRead(
                            1, null, "shape", plan(3), Map.of("s1", new SplitProgress(null, true, 9))));
            assertThat(problemOf(() -> store.saveProgress(ORDERS, "none", new SplitProgress(null, true, 1)))
                            .kind())
                    .isEqualTo(ProblemKind.INTERNAL);
        }
    }

    @Test
    void keepsThousandsOfSplitsInTheirOrder() {
        StreamState state = StreamState.initial(ORDERS, "s")
                .reading(0, new UnfinishedRead(1, null, "shape", plan(10_000), Map.of()));
        try (StateFile file = open()) {
            file.connection("shop").save(state);
        }
        try (StateFile file = open()) {
            assertThat(file.connection("shop").stream(ORDERS)).contains(state);
        }
    }

    @Test
    void forgetsTheSplitsOfAReadThatIsOver() {
        try (StateFile file = open()) {
            SqliteStateStore store = file.connection("shop");
            StreamState state = StreamState.initial(ORDERS, "s");
            store.save(state.reading(0, new UnfinishedRead(1, null, "shape", plan(3), Map.of())));
            store.save(state.published(0, 1, AT_5));
            store.save(state.reading(1, new UnfinishedRead(2, AT_5, "shape", plan(1), Map.of())));

            UnfinishedRead read = store.stream(ORDERS).orElseThrow().unfinished();
            assertThat(read == null ? List.of() : read.plan().splits()).hasSize(1);
        }
    }

    @Test
    void takesUpAJobThatNeverEnded() {
        Job first;
        try (StateFile file = open()) {
            first = file.connection("shop").beginJob();
            assertThat(first).isEqualTo(new Job(NOW.toEpochMilli(), NOW, 0));
        }
        try (StateFile file = open()) {
            SqliteStateStore store = file.connection("shop");
            assertThat(store.openJob()).contains(first);
            Job again = store.beginJob();
            assertThat(again).isEqualTo(new Job(first.syncId(), NOW, 1));
            store.endJob(again, "succeeded");
            assertThat(store.openJob()).isEmpty();
        }
    }

    @Test
    void countsJobsUpwardsThoughTheClockStandsStillOrGoesBack() {
        try (StateFile file = open()) {
            SqliteStateStore store = file.connection("shop");
            long first = end(store);
            assertThat(end(store)).isEqualTo(first + 1);
        }
        Clock earlier = Clock.fixed(NOW.minus(Duration.ofDays(1)), ZoneOffset.UTC);
        try (StateFile file = StateFile.open(path(), earlier)) {
            assertThat(end(file.connection("shop"))).isEqualTo(NOW.toEpochMilli() + 2);
        }
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Files.createDirectories(path().getParent());
        Files.writeString(path(), "this is no database at all, but long enough to look like one\n".repeat(20));

        Problem problem = problemOf(this::open);
        assertThat(problem.code()).isEqualTo("E_STATE_DAMAGED");
        assertThat(problem.fix()).contains("restore");
    }

    @Test
    void refusesADamagedDatabase() throws IOException {
        open().close();
        byte[] bytes = Files.readAllBytes(path());
        for (int i = 100; i < bytes.length; i++) {
            bytes[i] = (byte) 0x5a;
        }
        Files.write(path(), bytes);

        assertThat(problemOf(() -> {
                            try (StateFile file = open()) {
                                file.connection("shop").streams();
                            }
                        })
                        .code())
                .isEqualTo("E_STATE_DAMAGED");
    }

    @Test
    void refusesAStateOfANewerVersion() throws SQLException {
        open().close();
        sql("PRAGMA user_version = 99");

        Problem problem = problemOf(this::open);
        assertThat(problem.code()).isEqualTo("E_STATE_NEWER");
        assertThat(problem.why()).contains("version 99");
        assertThat(problem.kind()).isEqualTo(ProblemKind.CONFIG);
    }

    @Test
    void refusesTheDatabaseOfAnotherProgram() throws IOException, SQLException {
        Files.createDirectories(path().getParent());
        sql("CREATE TABLE theirs (x)");

        assertThat(problemOf(this::open).why()).contains("another program");
    }

    @Test
    void saysThatTheDirectoryCannotBeWritten() throws IOException {
        Files.writeString(directory.resolve(".sluice"), "a file where a directory should be");

        assertThat(problemOf(this::open).code()).isEqualTo("E_STATE_UNWRITABLE");
    }

    @Test
    void makesNothingWhenItOnlyLooks() {
        assertThat(StateFile.openExisting(path(), Clock.systemUTC())).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    private StateFile open() {
        return StateFile.open(path(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Path path() {
        return directory.resolve(".sluice/shop.db");
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path());
                Statement each = connection.createStatement()) {
            each.execute(statement);
        }
    }

    private static long end(SqliteStateStore store) {
        Job job = store.beginJob();
        store.endJob(job, "succeeded");
        return job.syncId();
    }

    private static ReadPlan plan(int splits) {
        List<Split> parts = new ArrayList<>();
        for (int i = 0; i < splits; i++) {
            parts.add(new Split("s" + i, "payload " + i, new Estimate(i, -1)));
        }
        return new ReadPlan("token", parts, AT_5);
    }

    private static Problem problemOf(ThrowingCallable action) {
        Problem[] caught = new Problem[1];
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(ProblemException.class, thrown -> caught[0] = thrown.problem());
        return caught[0];
    }
}
