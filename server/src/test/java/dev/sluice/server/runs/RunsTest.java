package dev.sluice.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.run.StreamStatus;
import dev.sluice.engine.state.Refresh;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.JobWish;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.testkit.host.Await;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs of all kinds with real connectors, over both stores. */
@ParameterizedClass
@EnumSource(Dialect.class)
class RunsTest {
    private static final StreamId USERS = StreamId.of("users");
    private static final StreamId PRODUCTS = StreamId.of("products");

    private final TestStore opened;
    private final Workshop workshop;

    @TempDir
    Path directory;

    RunsTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        workshop = new Workshop(opened.store(), Limits.USUAL);
    }

    @AfterEach
    void close() {
        workshop.close();
        opened.close();
    }

    private Actor sample(int count) {
        return workshop.actor(ConnectorKind.SOURCE, "sample", Map.of("count", count));
    }

    private Actor lake() {
        return workshop.actor(
                ConnectorKind.DESTINATION,
                "sqlite",
                Map.of("path", directory.resolve("lake.sqlite").toString()));
    }

    private static ConnectionStream stream(StreamId stream, String mode, String settings) {
        return new ConnectionStream(stream, true, mode, new Json(settings));
    }

    private long count(String table) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("lake.sqlite"));
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT count(*) FROM " + table)) {
            return result.getLong(1);
        }
    }

    @Test
    void syncRefreshAndClearMoveWhatTheySay() throws SQLException {
        Connection connection = workshop.connection(
                sample(500),
                lake(),
                stream(
                        USERS,
                        "incremental_deduped_history",
                        "{\"cursorField\":[\"updated_at\"],\"primaryKey\":[[\"id\"]]}"),
                stream(
                        PRODUCTS,
                        "full_refresh_overwrite",
                        "{\"selectedFields\":[{\"fieldPath\":[\"id\"]},{\"fieldPath\":[\"price\"]}]}"));
        Job first = workshop.run(connection, JobKind.SYNC, Json.EMPTY);
        assertThat(workshop.lastAttempt(first).failure()).isNull();
        assertThat(first.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(first.totals().records()).isEqualTo(600);
        assertThat(workshop.streams(first))
                .extracting(AttemptStream::status)
                .containsExactly(StreamStatus.COMPLETE, StreamStatus.COMPLETE);
        assertThat(count("users")).isEqualTo(500);
        assertThat(count("products")).isEqualTo(100);
        assertThat(workshop.log(first)).anyMatch(line -> line.contains("users complete: 500 records"));

        Job second = workshop.run(connection, JobKind.SYNC, Json.EMPTY);
        assertThat(second.totals().records()).as("only what is copied whole").isEqualTo(100);

        Request refresh = Request.of(Set.of(USERS), Refresh.TRUNCATE);
        Job third = workshop.run(connection, JobKind.REFRESH, refresh.write());
        assertThat(third.totals().records()).isEqualTo(600);
        assertThat(Request.read(third.wish().request())).isEqualTo(refresh.asBegun());
        assertThat(count("users")).isEqualTo(500);

        Job clear = workshop.run(
                connection,
                JobKind.CLEAR,
                Request.of(Set.of(USERS), Refresh.MERGE).write());
        assertThat(clear.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(count("users")).isZero();
        assertThat(count("products")).isEqualTo(100);

        assertThat(workshop.run(connection, JobKind.SYNC, Json.EMPTY).totals().records())
                .isEqualTo(600);
        assertThat(count("users")).isEqualTo(500);
    }

    @Test
    void aSyncOfSomeStreamsLeavesTheOthersAsTheyAre() throws SQLException {
        Connection connection = workshop.connection(
                sample(500),
                lake(),
                stream(USERS, "incremental_append", "{\"cursorField\":[\"updated_at\"]}"),
                stream(PRODUCTS, "full_refresh_append", "{}"));
        workshop.run(connection, JobKind.SYNC, Json.EMPTY);
        Job some = workshop.run(
                connection,
                JobKind.SYNC,
                Request.of(Set.of(PRODUCTS), Refresh.MERGE).write());
        assertThat(some.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(workshop.streams(some)).extracting(AttemptStream::stream).containsExactly(PRODUCTS);
        assertThat(count("products")).isEqualTo(200);
        Job all = workshop.run(connection, JobKind.SYNC, Json.EMPTY);
        assertThat(all.totals().records()).as("users went on where they were").isEqualTo(100);
        assertThat(count("users")).isEqualTo(500);
    }

    @Test
    void checkAndDiscoveryTellWhatTheyFind() {
        Actor sample = sample(10);
        Job check = workshop.look(sample, JobKind.CHECK);
        assertThat(check.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(workshop.lastAttempt(check).snapshot().text()).contains("steps");

        Job discovery = workshop.look(sample, JobKind.DISCOVER);
        assertThat(discovery.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(workshop.discovered(sample)).contains(USERS, PRODUCTS);

        Actor wrong = workshop.actor(
                ConnectorKind.SOURCE, "sample", Map.of("count", "many", "password", Map.of("_secret", 1)));
        Job failed = workshop.look(wrong, JobKind.CHECK);
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        Attempt attempt = workshop.lastAttempt(failed);
        assertThat(Objects.requireNonNull(attempt.failure()).code()).isEqualTo("E_CONFIG");
        assertThat(attempt.snapshot().text()).contains("E_CONFIG").doesNotContain("canary-7f");
    }

    @Test
    void aRunThatIsCancelledEndsAndKeepsWhatItCommitted() {
        Actor slow = workshop.actor(ConnectorKind.DESTINATION, "discard", Map.of("rows_per_second", 20_000));
        Connection connection =
                workshop.connection(sample(1_000_000), slow, stream(USERS, "full_refresh_append", "{}"));
        Job job = workshop.add(JobWish.of(connection.workspaceId(), JobKind.SYNC, connection.id(), null));
        Await.until(
                "records on the move",
                () -> workshop.find(job).status() == JobStatus.RUNNING
                        && workshop.streams(job).stream()
                                .anyMatch(stream -> stream.counts().read() > 0));
        long begun = System.nanoTime();
        workshop.cancel(job);
        assertThat(workshop.ended(job).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
        assertThat(Objects.requireNonNull(workshop.lastAttempt(job).failure()).code())
                .isEqualTo("E_CANCELLED");
    }

    @Test
    void whatIsNotSetUpRightFailsAtOnceAndSaysWhy() {
        Actor sample = sample(10);
        Actor lake = lake();
        assertThat(codeOf(workshop.connection(sample, lake, stream(USERS, "sideways", "{}"))))
                .isEqualTo("E_STREAM_SETTINGS");
        assertThat(codeOf(workshop.connection(
                        sample,
                        lake,
                        stream(
                                USERS,
                                "full_refresh_append",
                                "{\"mappers\":[{\"type\":\"row-filtering\",\"mapperConfiguration\":{}}]}"))))
                .as("a filter that is not known must not let everything pass")
                .isEqualTo("E_STREAM_SETTINGS");
        assertThat(codeOf(
                        workshop.connection(sample, lake, stream(StreamId.of("nowhere"), "full_refresh_append", "{}"))))
                .isEqualTo("E_STREAM_NOT_FOUND");
        Actor unknown = workshop.actor(ConnectorKind.SOURCE, "no-such-thing", Map.of());
        assertThat(codeOf(workshop.connection(unknown, lake, stream(USERS, "full_refresh_append", "{}"))))
                .isEqualTo("E_CONNECTOR_UNKNOWN");
    }

    private String codeOf(Connection connection) {
        Job job = workshop.run(connection, JobKind.SYNC, Json.EMPTY);
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        return Objects.requireNonNull(workshop.lastAttempt(job).failure()).code();
    }

    @Test
    void mappersOfThePublicApiAreApplied() throws SQLException {
        Connection connection = workshop.connection(
                sample(20),
                lake(),
                stream(
                        USERS,
                        "full_refresh_overwrite",
                        "{\"destinationObjectName\":\"people\",\"mappers\":["
                                + "{\"type\":\"hashing\",\"mapperConfiguration\":{\"targetField\":\"email\","
                                + "\"method\":\"SHA-256\",\"fieldNameSuffix\":\"_hashed\"}},"
                                + "{\"type\":\"field-renaming\",\"mapperConfiguration\":"
                                + "{\"originalFieldName\":\"name\",\"newFieldName\":\"full_name\"}}]}"));
        Job job = workshop.run(connection, JobKind.SYNC, Json.EMPTY);
        assertThat(workshop.lastAttempt(job).failure()).isNull();
        assertThat(count("people WHERE length(email_hashed) = 64 AND full_name IS NOT NULL"))
                .isEqualTo(20);
    }

    @Test
    void threeThatRunAtOnceDoNotDisturbEachOther() {
        List<Job> jobs = List.of(sync(100), sync(200), sync(300));
        assertThat(jobs.stream().map(workshop::ended).map(job -> job.totals().records()))
                .containsExactly(100L, 200L, 300L);
    }

    private Job sync(int count) {
        Connection connection = workshop.connection(
                sample(count),
                workshop.actor(ConnectorKind.DESTINATION, "discard", Map.of()),
                stream(USERS, "full_refresh_append", "{}"));
        return workshop.add(JobWish.of(connection.workspaceId(), JobKind.SYNC, connection.id(), null));
    }
}
