package dev.sluice.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionSettings;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.JobWish;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.runs.Workshop;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.StoreLocation;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.testkit.fault.ChildJvm;
import dev.sluice.testkit.fault.ChildProcess;
import dev.sluice.testkit.host.Await;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers as processes, killed in the middle of a sync and started again: nothing is stuck, lost or doubled. */
class ServerProcessTest {
    private static final int ROWS = 40_000;

    /** Generous: only what is stuck needs it. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Jobs JOBS = new Jobs(Clock.systemUTC(), List.of());

    @TempDir
    Path directory;

    private Path lake() {
        return directory.resolve("lake.sqlite");
    }

    private Path data() {
        return directory.resolve("data");
    }

    private static ChildJvm server() {
        return ChildJvm.of(ServerChild.class);
    }

    /** A job that waits for the server. */
    private Job waiting(Store store) {
        UUID workspaceId = Workshop.workspace(store);
        Actor source = Workshop.actor(store, workspaceId, ConnectorKind.SOURCE, "sample", Map.of("count", ROWS));
        Actor destination = Workshop.actor(
                store, workspaceId, ConnectorKind.DESTINATION, "sqlite", Map.of("path", lake().toString()));
        Connection connection = Workshop.connection(
                store,
                ConnectionSettings.DEFAULT,
                source,
                destination,
                new ConnectionStream(
                        StreamId.of("users"),
                        true,
                        "incremental_append",
                        new Json("{\"cursorField\":[\"updated_at\"]}")));
        return store.compute(
                transaction -> JOBS.add(transaction, JobWish.of(workspaceId, JobKind.SYNC, connection.id(), null)));
    }

    private void assertNothingLostOrDoubled() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + lake());
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT count(*), count(DISTINCT id) FROM users")) {
            assertThat(result.getLong(1)).isEqualTo(ROWS);
            assertThat(result.getLong(2)).isEqualTo(ROWS);
        }
    }

    private static void assertGoneOnAfterADeath(Store store, long id) {
        Job job = store.read(transaction -> JOBS.find(transaction, id)).orElseThrow();
        List<Attempt> attempts = store.read(transaction -> JOBS.attempts(transaction, id));
        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(job.totals().records()).isEqualTo(ROWS);
        assertThat(attempts)
                .extracting(Attempt::status)
                .containsExactly(Attempt.Status.FAILED, Attempt.Status.SUCCEEDED);
        assertThat(Objects.requireNonNull(attempts.getFirst().failure()).code()).isEqualTo("E_SERVER_DIED");
    }

    @Test
    void aServerOverSqliteGoesOnWithWhatItHeldWhenItWasKilled() throws SQLException {
        StoreLocation location = new StoreLocation.Directory(data());
        long job;
        try (Store store = Store.open(location, Clock.systemUTC())) {
            job = waiting(store).id();
        }
        server().arguments(data().toString()).cutAt("after-commit:2").start().requireKilled();

        try (ChildProcess again = server().arguments(data().toString()).start()) {
            again.awaitLine(line -> line.startsWith("ready "));
            Await.until("the end of the job", PATIENCE, () -> isEnded(job));
            again.signal("TERM");
            again.requireExit(128 + 15);
        }
        try (Store store = Store.open(location, Clock.systemUTC())) {
            assertGoneOnAfterADeath(store, job);
        }
        assertNothingLostOrDoubled();
    }

    /** The server has the data directory for itself, so this looks past it. */
    private boolean isEnded(long job) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data().resolve("store.db"));
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT open FROM job WHERE id = " + job)) {
            return !result.getBoolean(1);
        } catch (SQLException busy) {
            return false;
        }
    }

    @Test
    void anotherServerOverPostgresTakesOverFromOneThatWasKilled() throws SQLException {
        try (PostgresDatabase database = PostgresServer.shared().createDatabase()) {
            String url = "postgresql://" + database.superuser().user() + ":"
                    + database.superuser().password() + "@" + database.host() + ":" + database.port() + "/"
                    + database.name();
            try (Store store = Store.open(StoreLocation.postgres(url), Clock.systemUTC())) {
                long job = waiting(store).id();
                server().arguments(data().resolve("first").toString(), url)
                        .cutAt("after-commit:2")
                        .start()
                        .requireKilled();
                try (ChildProcess other = server().arguments(
                                data().resolve("second").toString(), url)
                        .start()) {
                    other.awaitLine(line -> line.startsWith("ready "));
                    Await.until(
                            "the end of the job",
                            PATIENCE,
                            () -> store.<Boolean>read(transaction -> JOBS.find(transaction, job)
                                    .orElseThrow()
                                    .status()
                                    .isEnd()));
                }
                assertGoneOnAfterADeath(store, job);
            }
        }
        assertNothingLostOrDoubled();
    }
}
