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
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hundred runs at once in a server that is killed: each one is gone on with, and none loses or doubles a row. */
class ManyRunsTest {
    private static final int RUNS = Integer.getInteger("sluice.runs", 100);
    private static final int ROWS = 500;

    /** Generous: only what is stuck needs it. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Jobs JOBS = new Jobs(Clock.systemUTC(), List.of());

    @TempDir
    Path directory;

    private Path data() {
        return directory.resolve("data");
    }

    private Path lake(int run) {
        return directory.resolve("lake" + run + ".sqlite");
    }

    /** Jobs that wait for the server, each with a destination of its own. */
    private List<Long> waiting(Store store, int runs) {
        UUID workspaceId = Workshop.workspace(store);
        Actor source = Workshop.actor(store, workspaceId, ConnectorKind.SOURCE, "sample", Map.of("count", ROWS));
        List<Long> jobs = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            Actor destination = Workshop.actor(
                    store,
                    workspaceId,
                    ConnectorKind.DESTINATION,
                    "sqlite",
                    Map.of("path", lake(run).toString()));
            ConnectionStream users = new ConnectionStream(
                    StreamId.of("users"), true, "incremental_append", new Json("{\"cursorField\":[\"updated_at\"]}"));
            Connection connection = Workshop.connection(store, ConnectionSettings.DEFAULT, source, destination, users);
            JobWish wish = JobWish.of(workspaceId, JobKind.SYNC, connection.id(), null);
            jobs.add(store.compute(transaction -> JOBS.add(transaction, wish)).id());
        }
        return jobs;
    }

    private ChildJvm server() {
        return ChildJvm.of(ServerChild.class).arguments(data().toString(), "SLUICE_JOBS=" + RUNS);
    }

    @Test
    void whatTheServerHeldWhenItWasKilledIsGoneOnWith() throws SQLException {
        StoreLocation location = new StoreLocation.Directory(data());
        List<Long> jobs;
        try (Store store = Store.open(location, Clock.systemUTC())) {
            jobs = waiting(store, RUNS);
        }
        server().cutAt("after-commit:" + RUNS / 2).start().requireKilled();
        assertThat(open()).as("runs that were under way").isGreaterThan(RUNS / 3);

        goOn();
        try (Store store = Store.open(location, Clock.systemUTC())) {
            for (long id : jobs) {
                Job job = store.read(transaction -> JOBS.find(transaction, id)).orElseThrow();
                assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
                assertThat(job.totals().records()).as("records of job " + id).isEqualTo(ROWS);
                assertThat(store.<List<Attempt>>read(transaction -> JOBS.attempts(transaction, id)))
                        .hasSizeLessThanOrEqualTo(2);
            }
        }
        for (int run = 0; run < RUNS; run++) {
            assertNothingLostOrDoubled(run);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"after-publish", "after-final-state"})
    void whatWasPublishedRightBeforeTheServerWasKilledIsCounted(String cut) throws SQLException {
        StoreLocation location = new StoreLocation.Directory(data());
        long id;
        try (Store store = Store.open(location, Clock.systemUTC())) {
            id = waiting(store, 1).getFirst();
        }
        server().cutAt(cut).start().requireKilled();

        goOn();

        try (Store store = Store.open(location, Clock.systemUTC())) {
            Job job = store.read(transaction -> JOBS.find(transaction, id)).orElseThrow();
            assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(job.totals().records()).isEqualTo(ROWS);
        }
        assertNothingLostOrDoubled(0);
    }

    /** Starts the server once more, until nothing is left to do. */
    private void goOn() {
        try (ChildProcess again = server().start()) {
            again.awaitLine(line -> line.startsWith("ready "));
            Await.until("the end of all jobs", PATIENCE, () -> open() == 0);
            again.signal("TERM");
            again.requireExit(128 + 15);
        }
    }

    /** The server has the data directory for itself, so this looks past it. */
    private long open() {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data().resolve("store.db"));
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT count(*) FROM job WHERE open")) {
            return result.getLong(1);
        } catch (SQLException busy) {
            return -1;
        }
    }

    private void assertNothingLostOrDoubled(int run) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + lake(run));
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT count(*), count(DISTINCT id) FROM users")) {
            assertThat(result.getLong(1)).as("run " + run).isEqualTo(ROWS);
            assertThat(result.getLong(2)).as("run " + run).isEqualTo(ROWS);
        }
    }
}
