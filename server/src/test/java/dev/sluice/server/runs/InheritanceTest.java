package dev.sluice.server.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionSettings;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.catalog.StreamId;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a deleted connection leaves is not lost: another one may go on with its tables, and it may come back itself. */
class InheritanceTest {
    private final TestStore opened = TestStore.open(Dialect.SQLITE);
    private final Workshop workshop = new Workshop(opened.store(), Limits.USUAL);
    private final Connections connections = new Connections(TestStore.CLOCK);

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        workshop.close();
        opened.close();
    }

    private Connection connection(Actor source, Actor lake) {
        return workshop.connection(
                source,
                lake,
                new ConnectionStream(
                        StreamId.of("users"),
                        true,
                        "incremental_deduped_history",
                        new Json("{\"cursorField\":[\"updated_at\"]}")));
    }

    private Actor source() {
        return workshop.actor(ConnectorKind.SOURCE, "sample", Map.of("count", 20));
    }

    private Actor lake() {
        return workshop.actor(
                ConnectorKind.DESTINATION,
                "sqlite",
                Map.of("path", directory.resolve("lake.sqlite").toString()));
    }

    private void delete(Connection connection) {
        opened.store()
                .change(transaction -> connections.delete(
                        transaction,
                        connections.find(transaction, connection.id()).orElseThrow()));
    }

    private long rows() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("lake.sqlite"));
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT count(*) FROM users")) {
            return result.getLong(1);
        }
    }

    private String failure(Job job) {
        return Objects.requireNonNull(workshop.lastAttempt(job).failure()).code();
    }

    @Test
    void theTablesOfADeletedConnectionAreFreeAndThoseOfALivingOneAreNot() throws SQLException {
        Actor source = source();
        Actor lake = lake();
        Connection first = connection(source, lake);
        workshop.run(first, JobKind.SYNC, Json.EMPTY);
        Connection gone = connection(source, lake);
        delete(gone);

        Connection second = connection(source, lake);
        assertThat(failure(workshop.run(second, JobKind.SYNC, Json.EMPTY)))
                .as("the first one is there, though another one was deleted")
                .isEqualTo("E_TARGET_OWNED");

        delete(first);
        Job taken = workshop.run(second, JobKind.SYNC, Json.EMPTY);
        assertThat(taken.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(workshop.log(taken))
                .contains("the table users is taken over from the connection " + first.name() + ", which was deleted");
        assertThat(rows()).isEqualTo(20);
        Job next = workshop.run(second, JobKind.SYNC, Json.EMPTY);
        assertThat(next.totals().records()).as("from then on it is its own").isZero();
        assertThat(workshop.log(next)).noneMatch(line -> line.contains("taken over"));
    }

    @Test
    void aConnectionThatComesBackGoesOnWhereItEnded() throws SQLException {
        Connection connection = connection(source(), lake());
        workshop.run(connection, JobKind.SYNC, Json.EMPTY);
        delete(connection);

        Connection back = opened.store()
                .compute(transaction -> connections.revive(
                        transaction,
                        connections
                                .lastDeleted(transaction, connection.workspaceId(), connection.name())
                                .orElseThrow(),
                        ConnectionSettings.DEFAULT));

        assertThat(back.id()).isEqualTo(connection.id());
        Job again = workshop.run(back, JobKind.SYNC, Json.EMPTY);
        assertThat(again.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(again.totals().records()).isZero();
        assertThat(rows()).isEqualTo(20);
    }
}
