package dev.sluice.server.connections;

import static dev.sluice.server.store.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.Actors;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.spi.catalog.StreamId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections over both databases. */
@ParameterizedClass
@EnumSource(Dialect.class)
class ConnectionsTest {
    private final TestStore opened;
    private final Store store;
    private final Rooms rooms;

    ConnectionsTest(Dialect dialect) {
        opened = TestStore.open(dialect);
        store = opened.store();
        rooms = new Rooms(store);
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private final Connections connections = new Connections(TestStore.CLOCK);

    private Connection connection() {
        Workspace workspace = rooms.workspace("Team");
        return rooms.connection(
                rooms.actor(workspace, ConnectorKind.SOURCE, "Shop"),
                rooms.actor(workspace, ConnectorKind.DESTINATION, "Lake"),
                "Shop to lake");
    }

    private Connection find(Connection connection) {
        return store.read(transaction -> connections.find(transaction, connection.id()))
                .orElseThrow();
    }

    @Test
    void eachSettingComesBackAsItWasSaved() {
        Connection now = connection();
        assertThat(find(now)).isEqualTo(now);
        List<Schedule> schedules = List.of(
                new Schedule.Every(30, Schedule.Unit.MINUTES),
                new Schedule.Cron("0 0 6 * * ?", "Europe/Berlin"),
                new Schedule.Manual());
        for (Schedule schedule : schedules) {
            ConnectionSettings settings = new ConnectionSettings(
                    schedule,
                    new Naming(Naming.Namespaces.CUSTOM_FORMAT, "raw_${SOURCE_NAMESPACE}", "p_"),
                    new SchemaRules(SchemaRules.Reaction.PROPAGATE_FULLY, true, false),
                    new Json("{\"x\": 1}"));
            Connection wished = now.with("Renamed", settings)
                    .standing(new Standing(Standing.Status.INACTIVE, "SCHEMA_CHANGES_ARE_BREAKING", true));
            now = store.compute(transaction -> connections.replace(transaction, wished));
            assertThat(find(now)).isEqualTo(now);
            assertThat(now.settings().schedule()).isEqualTo(schedule);
        }
    }

    @Test
    void whoDoesNotKnowTheLastChangeIsRefused() {
        Connection made = connection();
        store.change(transaction -> connections.replace(transaction, made));
        assertProblem(() -> store.change(transaction -> connections.delete(transaction, made)), "E_CHANGED_MEANWHILE");
        assertThat(find(made).standing()).isEqualTo(Standing.ACTIVE);
    }

    @Test
    void streamsKeepTheirOrderAndTheirNamespaces() {
        Connection made = connection();
        List<ConnectionStream> streams = List.of(
                new ConnectionStream(StreamId.of("z"), true, "incremental_append", new Json("{\"cursor\": [\"a\"]}")),
                new ConnectionStream(StreamId.of("public", "z"), false, "full_refresh_overwrite", Json.EMPTY),
                new ConnectionStream(StreamId.of("a"), true, "full_refresh_append", Json.EMPTY));
        store.change(transaction -> connections.saveStreams(transaction, made, streams));
        assertThat(store.<List<ConnectionStream>>read(transaction -> connections.streams(transaction, made.id())))
                .isEqualTo(streams);
        store.change(transaction -> connections.saveStreams(transaction, made, List.of(streams.getLast())));
        assertThat(store.<List<ConnectionStream>>read(transaction -> connections.streams(transaction, made.id())))
                .containsExactly(streams.getLast());
    }

    @Test
    void aStreamIsInAConnectionOnce() {
        Connection made = connection();
        ConnectionStream stream = new ConnectionStream(StreamId.of("a"), true, "full_refresh_append", Json.EMPTY);
        assertProblem(
                () -> store.change(transaction -> connections.saveStreams(transaction, made, List.of(stream, stream))),
                "E_CONTROL_CONFLICT");
    }

    @Test
    void connectionsGoWithTheirSource() {
        Workspace workspace = rooms.workspace("Team");
        Actor source = rooms.actor(workspace, ConnectorKind.SOURCE, "Shop");
        Actor destination = rooms.actor(workspace, ConnectorKind.DESTINATION, "Lake");
        Connection gone = rooms.connection(source, destination, "one");
        Connection stays = rooms.connection(rooms.actor(workspace, ConnectorKind.SOURCE, "Other"), destination, "two");
        Actors actors = new Actors(TestStore.CLOCK, List.of(connections));
        store.change(transaction -> actors.delete(transaction, source));
        assertThat(find(gone).standing().status()).isEqualTo(Standing.Status.DEPRECATED);
        assertThat(find(gone).life().isThere()).isFalse();
        assertThat(find(stays)).isEqualTo(stays);
    }

    @Test
    void aSourceThatIsNotThereIsRefused() {
        Connection made = connection();
        ConnectionEnds ends = new ConnectionEnds(UUID.randomUUID(), made.ends().destinationId(), null, null);
        assertProblem(
                () -> store.change(transaction -> connections.add(
                        transaction, UUID.randomUUID(), made.workspaceId(), "x", ends, ConnectionSettings.DEFAULT)),
                "E_CONTROL_CONFLICT");
    }
}
