package dev.sluice.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.server.Rooms;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.secrets.KeyRing;
import dev.sluice.server.secrets.Owner;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.spi.catalog.StreamId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys of mappers lie encrypted, are shown as a mask, stay when the mask comes back, and reach runs alone. */
class StreamSecretsTest {
    private static final String KEY = "pepper-canary-19";

    private final TestStore opened = TestStore.open(Dialect.SQLITE);
    private final Store store = opened.store();
    private final StreamSecrets secrets =
            new StreamSecrets(new Secrets(KeyRing.ofText(KeyRing.newKeys()), TestStore.CLOCK));
    private final Connections connections = new Connections(TestStore.CLOCK, secrets, List.of());
    private Connection connection;

    @BeforeEach
    void connect() {
        Rooms rooms = new Rooms(store);
        Workspace workspace = rooms.workspace("Team");
        Actor source = rooms.actor(workspace, ConnectorKind.SOURCE, "Shop");
        Actor destination = rooms.actor(workspace, ConnectorKind.DESTINATION, "Lake");
        connection = store.compute(transaction -> connections.add(
                transaction,
                UUID.randomUUID(),
                workspace.id(),
                "Shop to lake",
                new ConnectionEnds(source.id(), destination.id(), null, null),
                ConnectionSettings.DEFAULT));
    }

    @AfterEach
    void close() {
        opened.close();
    }

    private static ConnectionStream hashed(String field, String key) {
        return new ConnectionStream(
                StreamId.of("public", "users"),
                true,
                "full_refresh_append",
                new Json(("{\"mappers\":[{\"type\":\"hashing\",\"mapperConfiguration\":{\"targetField\":\"%s\","
                                + "\"method\":\"SHA-256\",\"key\":\"%s\"}}]}")
                        .formatted(field, key)));
    }

    private void save(ConnectionStream... streams) {
        store.change(transaction -> connections.saveStreams(transaction, connection, List.of(streams)));
    }

    private ConnectionStream kept() {
        return store.read(
                transaction -> connections.streams(transaction, connection.id()).getFirst());
    }

    private String told() {
        Owner owner = new Owner(connection.workspaceId(), connection.id());
        return store.read(transaction -> secrets.resolve(
                        transaction,
                        owner,
                        connections.streams(transaction, connection.id()),
                        name -> name.equals("KEY_OF_SHOP") ? KEY : null)
                .getFirst()
                .settings()
                .text());
    }

    private long secretsKept() {
        return store.<Integer>read(transaction ->
                transaction.all(row -> row.id("id"), "SELECT id FROM secret").size());
    }

    @Test
    void aKeyIsSeenByRunsAlone() {
        save(hashed("email", KEY));

        assertThat(kept().settings().text()).doesNotContain(KEY).contains("_secret");
        assertThat(StreamSecrets.shown(kept()).settings().text())
                .doesNotContain(KEY)
                .contains("**********");
        assertThat(told()).contains(KEY);
    }

    @Test
    void theMaskKeepsTheKeyAndWithoutAMapperItGoes() {
        save(hashed("email", KEY));
        save(hashed("phone", "**********"));
        assertThat(told()).contains("phone", KEY);

        save(new ConnectionStream(StreamId.of("public", "users"), true, "full_refresh_append", Json.EMPTY));
        assertThat(secretsKept()).isZero();
    }

    @Test
    void aKeyGoesWithItsConnection() {
        save(hashed("email", KEY));
        store.change(transaction -> connections.delete(transaction, connection));
        assertThat(secretsKept()).isZero();
    }

    @Test
    void aVariableStandsForAKeyThatTheServerIsToldElsewhere() {
        save(hashed("email", "${KEY_OF_SHOP}"));
        assertThat(secretsKept()).isZero();
        assertThat(told()).contains(KEY);
    }

    @Test
    void whoeverHasNoPlaceForKeysSavesNone() {
        Connections careless = new Connections(TestStore.CLOCK);
        assertThatThrownBy(() -> store.change(
                        transaction -> careless.saveStreams(transaction, connection, List.of(hashed("email", KEY)))))
                .isInstanceOf(IllegalStateException.class);
    }
}
