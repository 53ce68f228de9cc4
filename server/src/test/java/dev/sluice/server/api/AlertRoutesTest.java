package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.Working;
import dev.sluice.server.alerts.AlertKeeper;
import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alerts over our own API: listed by their state, counted, acknowledged, and put off. */
class AlertRoutesTest {
    private static final String OWN = "/api/sluice/v1";
    private static final AttemptResult WRONG =
            AttemptResult.failed(Problem.of("E_PASSWORD", ProblemKind.CONFIG, "the password is wrong"), List.of());

    private final ApiHouse house = new ApiHouse(LoginRules.NONE);
    private final Rooms rooms = new Rooms(house.store);
    private final Connection connection = rooms.connection(
            rooms.actor(house.workspace, ConnectorKind.SOURCE, "Shop"),
            rooms.actor(house.workspace, ConnectorKind.DESTINATION, "Lake"),
            "Shop to lake");
    private final String all = OWN + "/workspaces/" + house.workspace.id() + "/alerts";

    @AfterEach
    void close() {
        house.close();
    }

    private void run(AttemptResult... results) {
        Deque<AttemptResult> left = new ArrayDeque<>(List.of(results));
        try (Working working = new Working(
                house.store, _ -> left.removeFirst(), TestStore.CLOCK, List.of(new AlertKeeper(TestStore.CLOCK)))) {
            while (!left.isEmpty()) {
                working.run(connection, JobKind.SYNC);
            }
        }
    }

    private Reply send(String method, String path, @Nullable Map<String, ?> body) {
        return house.send(method, path, null, body == null ? null : JsonText.write(body));
    }

    private List<Map<String, @Nullable Object>> list(String query) {
        return send("GET", all + query, null).data();
    }

    @Test
    void anAlertIsListedCountedAndLookedAfter() {
        assertThat(list("")).isEmpty();
        run(WRONG);
        assertThat(list(""))
                .singleElement()
                .satisfies(alert -> assertThat(alert)
                        .containsEntry("kind", "sync_failed")
                        .containsEntry("severity", "error")
                        .containsEntry("state", "open")
                        .containsEntry("connectionId", connection.id().toString())
                        .containsEntry("connectionName", "Shop to lake")
                        .containsEntry("code", "E_PASSWORD")
                        .containsEntry("message", "the password is wrong")
                        .containsEntry("times", 1));
        assertThat(send("GET", all + "/count", null).object())
                .containsEntry("open", 1)
                .containsEntry("silenced", 0);

        String one = OWN + "/alerts/" + list("").getFirst().get("alertId");
        Reply seen = send("PATCH", one, Map.of("acknowledged", true));
        assertThat(seen.object()).containsEntry("state", "silenced").containsKey("acknowledgedBy");
        assertThat(list("")).isEmpty();
        assertThat(list("?state=silenced")).hasSize(1);
        assertThat(send("PATCH", one, Map.of("acknowledged", false)).object()).containsEntry("state", "open");

        String soon = TestStore.CLOCK.instant().plusSeconds(60).toString();
        assertThat(send("PATCH", one, Map.of("snoozedUntil", soon)).object())
                .containsEntry("state", "silenced")
                .containsEntry("snoozedUntil", soon);
        run(AttemptResult.succeeded(List.of()));
        assertThat(list("?state=RESOLVED")).hasSize(1);
        assertThat(send("PATCH", one, Map.of("acknowledged", true)).status())
                .as("there is nothing left to look after")
                .isEqualTo(409);
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        run(WRONG);
        String one = OWN + "/alerts/" + list("").getFirst().get("alertId");
        assertThat(send("GET", all + "?state=gone", null).status()).isEqualTo(400);
        assertThat(send("PATCH", OWN + "/alerts/" + UUID.randomUUID(), Map.of("acknowledged", true))
                        .status())
                .isEqualTo(404);
        assertThat(send("PATCH", one, Map.of("snoozedUntil", "tomorrow")).status())
                .isEqualTo(400);
        Reply tooLong = send("PATCH", one, Map.of("snoozedUntil", "2999-01-01T00:00:00Z"));
        assertThat(tooLong.status()).isEqualTo(400);
        assertThat(tooLong.text()).contains("at most 90 days");
        assertThat(list("")).as("nothing was changed").hasSize(1);
    }
}
