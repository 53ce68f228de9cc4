package dev.sluice.cli.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.state.FailureCount;
import dev.sluice.engine.state.Job;
import dev.sluice.engine.state.StreamState;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private static final StreamId USERS = StreamId.of("users");
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

    private static Problem problemOf(ThrowingCallable action) {
        Problem[] caught = new Problem[1];
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(ProblemException.class, thrown -> caught[0] = thrown.problem());
        return caught[0];
    }
}
