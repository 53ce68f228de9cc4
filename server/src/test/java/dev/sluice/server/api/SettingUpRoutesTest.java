package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.definitions.Builtins;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the page asks while somebody sets up a connection: connectors, looks at the two sides, streams, times. */
class SettingUpRoutesTest {
    private static final String OWN = "/api/sluice/v1";

    private final ApiHouse house = new ApiHouse(LoginRules.NONE);
    private final String workspace = OWN + "/workspaces/" + house.workspace.id();
    private final Rooms rooms = new Rooms(house.store);
    private final Actor shop = rooms.actor(house.workspace, ConnectorKind.SOURCE, "Shop");
    private final Actor lake = rooms.actor(house.workspace, ConnectorKind.DESTINATION, "Lake");

    @AfterEach
    void close() {
        house.close();
    }

    private Reply get(String path) {
        return house.send("GET", path, null, null);
    }

    private Reply post(String path) {
        return house.send("POST", path, null, null);
    }

    @Test
    void connectorsAreListedByTheirSideAndToldWithWhatTheyWant() {
        assertThat(get(workspace + "/connectors?kind=source").data())
                .anySatisfy(each -> assertThat(each)
                        .containsEntry("connector", "postgres")
                        .containsEntry("name", "Shop")
                        .containsEntry("isNative", true)
                        .doesNotContainKey("spec"));
        assertThat(get(workspace + "/connectors?kind=destination").data())
                .noneSatisfy(each -> assertThat(each).containsEntry("connector", "postgres"));
        assertThat(get(workspace + "/connectors?kind=elsewhere").status()).isEqualTo(400);

        Reply detail = get(workspace + "/connectors/" + Builtins.id(ConnectorKind.SOURCE, "postgres"));
        assertThat(JsonText.members(detail.object().get("spec"))).containsKey("properties");
        assertThat(get(workspace + "/connectors/" + shop.id()).status()).isEqualTo(404);
    }

    @Test
    void aLookIsAJobThatNobodyWaitsFor() {
        Reply check = post(OWN + "/sources/" + shop.id() + "/check");
        assertThat(check.object()).containsEntry("jobType", "check").containsEntry("status", "pending");
        assertThat(post(OWN + "/destinations/" + lake.id() + "/check").object()).containsEntry("jobType", "check");
        assertThat(post(OWN + "/sources/" + shop.id() + "/discover").object()).containsEntry("jobType", "discover");
        assertThat(post(OWN + "/sources/" + lake.id() + "/check").status()).isEqualTo(404);

        String job = OWN + "/jobs/" + check.get("jobId");
        assertThat(post(job + "/stop").object()).containsEntry("status", "cancelled");
        assertThat(post(job + "/stop").status()).as("a second time").isEqualTo(200);
        assertThat(get(job).object()).containsEntry("status", "cancelled");
    }

    @Test
    void streamsAreToldWithoutTheirFieldsUnlessTheyAreAskedFor() {
        String path = OWN + "/sources/" + shop.id() + "/catalog";
        assertThat(get(path).object()).doesNotContainKey("fetchedAt").containsEntry("streams", List.of());
        get(ApiHouse.BASE + "/streams?sourceId=" + shop.id()); // asks the source

        assertThat(streams(path)).extracting(each -> each.get("name")).containsExactlyInAnyOrder("orders", "notes");
        assertThat(streams(path))
                .allSatisfy(
                        each -> assertThat(each).containsEntry("fieldCount", 2).doesNotContainKey("fields"));
        assertThat(streams(path + "?fields=true"))
                .allSatisfy(each -> assertThat(each).containsKey("fields"));
        assertThat(streams(path + "?namespace=public&stream=orders"))
                .singleElement()
                .satisfies(each -> assertThat(each)
                        .containsEntry("isIncremental", true)
                        .containsEntry("primaryKey", List.of(List.of("id")))
                        .containsEntry("fields", List.of(List.of("id", "int64"), List.of("changed", "string"))));
        assertThat(streams(path + "?stream=orders")).as("of no namespace").isEmpty();
        assertThat(get(path).object()).containsKey("fetchedAt");
    }

    private List<Map<String, @Nullable Object>> streams(String path) {
        if (get(path).object().get("streams") instanceof List<?> streams) {
            return streams.stream().map(JsonText::members).toList();
        }
        throw new AssertionError("no streams");
    }

    @Test
    void theFirstRowsOfAStreamAreShown() {
        String path = OWN + "/sources/" + shop.id() + "/sample";
        assertThat(get(path + "?namespace=public&stream=orders&rows=5").text())
                .isEqualTo(
                        "{\"fields\":[[\"id\",\"int64\"],[\"note\",\"string\"]],\"rows\":[[\"1\",\"one\"],[\"2\",null]],\"problems\":[\"row"
                            + " 3 cannot be read\"]}");
        assertThat(get(path).status()).as("of no stream").isEqualTo(400);
        assertThat(get(path + "?stream=orders&rows=1000").status()).isEqualTo(400);
    }

    @Test
    void destinationsTellHowTheyCanWrite() {
        assertThat(get(OWN + "/destinations/" + lake.id() + "/modes").text())
                .contains("\"append\"", "\"overwrite\"", "\"append_dedup\"");
    }

    @Test
    void tablesThatOtherConnectionsWriteAreTold() {
        connect("First", "\"prefix\":\"raw_\"", "\"name\":\"orders\"");
        connect(
                "Second",
                "\"namespaceDefinition\":\"source\"",
                "\"name\":\"orders\",\"destinationObjectName\":\"sales\"");
        String path = OWN + "/destinations/" + lake.id() + "/written";

        assertThat(written(path, "{\"name\":\"RAW_orders\"}, {\"namespace\":\"public\",\"name\":\"sales\"}"))
                .containsExactly("raw_orders of First", "sales of Second");
        assertThat(written(
                        path,
                        "{\"name\":\"orders\"}, {\"name\":\"sales\"},"
                                + " {\"namespace\":\"public\",\"name\":\"raw_orders\"}"))
                .as("the names of streams, and tables elsewhere")
                .isEmpty();
        assertThat(house.send("POST", path, null, "{}").status()).isEqualTo(400);
    }

    private void connect(String name, String settings, String stream) {
        Reply made = house.send(
                "POST",
                ApiHouse.BASE + "/connections",
                null,
                "{\"name\":\"%s\",\"sourceId\":\"%s\",\"destinationId\":\"%s\",%s,\"configurations\":{\"streams\":[{\"namespace\":\"public\",%s,\"syncMode\":\"full_refresh_append\"}]}}"
                        .formatted(name, shop.id(), lake.id(), settings, stream));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
    }

    private List<String> written(String path, String tables) {
        return house.send("POST", path, null, "{\"tables\":[" + tables + "]}").data().stream()
                .map(each -> each.get("name") + " of " + each.get("connectionName"))
                .toList();
    }

    @Test
    void aScheduleTellsWhenItWouldRun() {
        assertThat(get(workspace + "/schedule_times").text()).isEqualTo("{\"times\":[]}");
        assertThat(get(workspace + "/schedule_times?cron=0+0+6+*+*+%3F&zone=Europe/Vienna&count=2")
                        .text())
                .isEqualTo("{\"times\":[\"2026-03-02T05:00:00Z\",\"2026-03-03T05:00:00Z\"]}");
        Reply wrong = get(workspace + "/schedule_times?cron=0+0+25+*+*+%3F");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("E_SCHEDULE", "25");
        assertThat(get(workspace + "/schedule_times?cron=0+0+6+*+*+%3F&zone=Nowhere/Land")
                        .text())
                .contains("there is no time zone Nowhere/Land");
    }
}
