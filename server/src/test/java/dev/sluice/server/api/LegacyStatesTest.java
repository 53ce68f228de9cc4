package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.state.StreamState;
import dev.sluice.server.Rooms;
import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.states.StreamStates;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.Position;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** States as programs keep them elsewhere and bring them back. */
class LegacyStatesTest {
    private static final StreamId ORDERS = StreamId.of("public", "orders");

    private final ApiHouse house = new ApiHouse(LoginRules.NONE);
    private final Rooms rooms = new Rooms(house.store);
    private final Connection connection = rooms.connection(
            rooms.actor(house.workspace, ConnectorKind.SOURCE, "Shop"),
            rooms.actor(house.workspace, ConnectorKind.DESTINATION, "Lake"),
            "Shop to lake");
    private final String id = connection.id().toString();

    @AfterEach
    void close() {
        house.close();
    }

    private void has(StreamId stream, @Nullable Position position) {
        StreamState state = new StreamState(stream, "s", 3, 17, position, null, null);
        house.store.change(transaction -> new StreamStates(connection.id()).save(transaction, state));
    }

    private StreamState state() {
        return house.store.read(transaction ->
                new StreamStates(connection.id()).find(transaction, ORDERS).orElseThrow());
    }

    private Reply get() {
        return house.send("POST", "/api/v1/state/get", null, JsonText.write(Map.of("connectionId", id)));
    }

    private Reply put(String call, Object state) {
        Map<String, Object> body = Map.of("connectionId", id, "connectionState", state);
        return house.send("POST", "/api/v1/state/" + call, null, JsonText.write(body));
    }

    private static Map<String, Object> one(@Nullable String identity, @Nullable String position) {
        Map<String, Object> blob =
                identity == null || position == null ? Map.of() : Map.of("identity", identity, "position", position);
        return Map.of(
                "stateType",
                "stream",
                "streamState",
                List.of(Map.of(
                        "streamDescriptor", Map.of("name", "orders", "namespace", "public"), "streamState", blob)));
    }

    @Test
    void whatWasShownComesBackAndWhatIsNotNamedStays() {
        assertThat(get().object()).containsEntry("stateType", "not_set").doesNotContainKey("streamState");
        has(ORDERS, new Position("table 7", "{\"id\":9}"));
        has(StreamId.of("notes"), new Position("table 8", "{\"id\":1}"));
        has(StreamId.of("whole"), null);
        Reply shown = get();
        assertThat(shown.object()).containsEntry("stateType", "stream");
        assertThat((List<?>) Objects.requireNonNull(shown.object().get("streamState")))
                .as("a stream without a position has none to keep")
                .hasSize(2);
        Reply back = put("create_or_update_safe", shown.object());
        assertThat(back.object()).as(back.text()).isEqualTo(shown.object());
        assertThat(state().isEdited()).as("nothing has changed").isFalse();

        Reply rewound = put("create_or_update", one("table 7", "{\"id\":4}"));
        assertThat(rewound.text()).contains("{\\\"id\\\":4}").contains("{\\\"id\\\":1}");
        assertThat(state().position()).isEqualTo(new Position("table 7", "{\"id\":4}"));
        assertThat(state().generation()).isEqualTo(3);

        Map<String, Object> nothing = Map.of("streamDescriptor", Map.of("name", "orders", "namespace", "public"));
        put("create_or_update_safe", Map.of("stateType", "stream", "streamState", List.of(nothing)));
        assertThat(state().position()).as("from the beginning").isNull();
    }

    @Test
    void whatCouldLoseRowsIsRefused() {
        has(ORDERS, new Position("table 7", "{\"id\":9}"));
        StreamState before = state();
        assertThat(put("create_or_update_safe", one("table 8", "{\"id\":4}")).text())
                .as("a position of another table")
                .contains("another source");
        assertThat(put("create_or_update_safe", one(null, null)).status())
                .as("a state of another program")
                .isEqualTo(422);
        assertThat(put("create_or_update_safe", one("table 7", "{")).status()).isEqualTo(400);
        for (Map<String, ?> other :
                List.of(Map.of("stateType", "global", "globalState", Map.of()), Map.of("stateType", "legacy"))) {
            assertThat(put("create_or_update_safe", other).status())
                    .as(other.toString())
                    .isEqualTo(422);
        }
        Map<String, Object> unknown =
                Map.of("streamDescriptor", Map.of("name", "never read"), "streamState", Map.of("position", "{}"));
        assertThat(put("create_or_update", Map.of("stateType", "stream", "streamState", List.of(unknown)))
                        .text())
                .contains("run the connection once");
        assertThat(house.send("POST", "/api/v1/connections/sync", null, JsonText.write(Map.of("connectionId", id)))
                        .status())
                .isEqualTo(200);
        for (String call : List.of("create_or_update", "create_or_update_safe")) {
            assertThat(put(call, one("table 7", "{\"id\":4}")).status())
                    .as("while it runs")
                    .isEqualTo(423);
        }
        assertThat(state()).isEqualTo(before);
    }
}
