package dev.sluice.server.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Standing;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.ConnectionStatus;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.states.RejectList;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.catalog.StreamId;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rejected records arrive once what rejected them was mended, each once, and a connection is not judged by that. */
@ParameterizedClass
@EnumSource(Dialect.class)
class ReplayTest {
    private static final StreamId USERS = StreamId.of("users");

    private final TestStore opened;
    private final Workshop workshop;

    @TempDir
    Path directory;

    ReplayTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        workshop = new Workshop(opened.store(), Limits.USUAL);
    }

    @AfterEach
    void close() {
        workshop.close();
        opened.close();
    }

    private Connection connection() {
        Actor source = workshop.actor(ConnectorKind.SOURCE, "sample", Map.of("count", 20));
        Actor lake = workshop.actor(
                ConnectorKind.DESTINATION,
                "sqlite",
                Map.of("path", directory.resolve("lake.sqlite").toString()));
        return workshop.connection(source, lake, users("100 / (id - 7)"));
    }

    /** Computes a field; where the expression has no value, the row is rejected and kept. */
    private static ConnectionStream users(String expression) {
        return new ConnectionStream(
                USERS,
                true,
                "full_refresh_append",
                new Json(JsonText.write(Map.of(
                        "rejects",
                        Map.of("policy", "quarantine"),
                        "mappers",
                        List.of(Map.of(
                                "type",
                                "field-computing",
                                "mapperConfiguration",
                                Map.of("targetField", "share", "value", expression)))))));
    }

    private long count(String table) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("lake.sqlite"));
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT count(*) FROM " + table)) {
            return result.getLong(1);
        }
    }

    private long open(Connection connection) {
        RejectList.Filter filter = new RejectList.Filter(connection.id(), "open", null, null, null, null);
        return opened.store().read(transaction -> RejectList.groups(transaction, filter)).stream()
                .mapToLong(RejectList.Group::records)
                .sum();
    }

    private Job replay(Connection connection, Set<StreamId> streams, @Nullable String code) {
        return workshop.run(
                connection,
                JobKind.REPLAY,
                Request.ofRejects(streams, code, null).write());
    }

    @Test
    void whatWasMendedArrivesOnce() throws SQLException {
        Connection connection = connection();
        Job sync = workshop.run(connection, JobKind.SYNC, Json.EMPTY);
        assertThat(sync.totals().rejected()).isEqualTo(1);
        assertThat(count("users")).isEqualTo(19);

        Job inVain = replay(connection, Set.of(), null);
        assertThat(inVain.status()).as("nothing got in").isEqualTo(JobStatus.FAILED);
        assertThat(JsonText.object(workshop.lastAttempt(inVain).snapshot().text()))
                .containsEntry("written", 0)
                .containsEntry("rejectedAgain", 1);
        assertThat(open(connection)).isEqualTo(1);

        workshop.change(connection, users("100 / (id + 7)"));
        assertThat(Objects.requireNonNull(workshop.lastAttempt(replay(connection, Set.of(), null))
                                .failure())
                        .code())
                .as("rows of other settings would stand beside those that are there")
                .isEqualTo("E_REPLAY_NOT_READY");
        workshop.run(connection, JobKind.SYNC, Json.EMPTY);
        assertThat(count("users")).isEqualTo(39);
        assertThat(replay(connection, Set.of(USERS), "ANOTHER_REASON").totals().records())
                .as("records of another reason")
                .isZero();
        Job mended = replay(connection, Set.of(USERS), null);
        assertThat(workshop.lastAttempt(mended).failure()).isNull();
        assertThat(mended.totals().records()).isEqualTo(1);

        assertThat(count("users")).isEqualTo(40);
        assertThat(count("users WHERE id = 7 AND share IS NOT NULL")).isEqualTo(2);
        assertThat(open(connection)).isZero();
        assertThat(replay(connection, Set.of(), null).totals().records())
                .as("once more")
                .isZero();
        assertThat(count("users")).isEqualTo(40);
    }

    @Test
    void aDryRunSaysWhatWouldArriveAndWritesNothing() throws SQLException {
        Connection connection = connection();
        workshop.change(connection, users("if(id = 7, cast(name as integer), 100 / (id - 8))"));
        workshop.run(connection, JobKind.SYNC, Json.EMPTY);
        Request all = Request.ofRejects(Set.of(), null, null);
        assertThat(workshop.dryRuns().of(connection.id(), all).reasons())
                .as("nothing was mended yet")
                .extracting(ReplayTrials.Reason::field, ReplayTrials.Reason::records)
                .containsExactly(tuple("share", 2L));

        workshop.change(connection, users("100 / (id - 8)"));
        ReplayTrials.DryRun half = workshop.dryRuns().of(connection.id(), all);

        assertThat(half.streams()).singleElement().satisfies(users -> {
            assertThat(users.records()).isEqualTo(2);
            assertThat(users.loaded()).isEqualTo(1);
            assertThat(users.rejected()).isEqualTo(1);
            assertThat(Objects.requireNonNull(users.obstacle()).code())
                    .as("its settings were changed, so a sync goes first")
                    .isEqualTo("E_REPLAY_NOT_READY");
        });
        assertThat(half.isWhole()).isTrue();
        assertThat(open(connection)).isEqualTo(2);
        assertThat(count("users")).isEqualTo(18);
        workshop.run(connection, JobKind.SYNC, Json.EMPTY);
        assertThat(workshop.dryRuns().of(connection.id(), all).streams())
                .extracting(ReplayTrials.Expected::obstacle)
                .containsOnlyNulls();
        assertThat(workshop.dryRuns()
                        .of(connection.id(), Request.ofRejects(Set.of(), null, "another"))
                        .streams())
                .as("none is because of that field")
                .isEmpty();
    }

    @Test
    void aReplayThatFailsDoesNotMakeTheConnectionFail() {
        Connection connection = connection();
        workshop.run(connection, JobKind.SYNC, Json.EMPTY);
        workshop.change(connection, users("no_such_field + 1"));

        Job failed = replay(connection, Set.of(), null);

        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(opened.store()
                        .<ConnectionStatus>read(
                                transaction -> ConnectionStatus.of(transaction, connection.id(), standing(connection))))
                .isEqualTo(ConnectionStatus.SYNCED);
        assertThat(open(connection)).isEqualTo(1);
    }

    private static Standing standing(Connection connection) {
        return connection.standing();
    }
}
