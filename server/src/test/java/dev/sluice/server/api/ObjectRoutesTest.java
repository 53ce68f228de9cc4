package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.Rooms;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections whose streams write objects of a system: asked for, checked, kept as they were asked for, and told. */
class ObjectRoutesTest {
    private static final String OWN = "/api/sluice/v1";
    private static final String MAPPED = """
        {"name": "orders", "namespace": "public", "syncMode": "full_refresh_upsert",
         "destinationObjectName": "contact", "matchingKey": ["number"], "mappedFields": [
           {"to": "number", "field": "id"}, {"to": "tier", "constant": "gold", "nulls": "keep"}]}\
        """;

    private final ApiHouse house = new ApiHouse(LoginRules.NONE);
    private final Rooms rooms = new Rooms(house.store);
    private final Actor shop = rooms.actor(house.workspace, ConnectorKind.SOURCE, "Shop");
    private final Actor crm = rooms.actor(house.workspace, ConnectorKind.DESTINATION, "Crm");
    private final String mappings = OWN + "/destinations/" + crm.id() + "/mappings/";

    @AfterEach
    void close() {
        house.close();
    }

    private Reply create(String... streams) {
        return house.send(
                "POST",
                ApiHouse.BASE + "/connections",
                null,
                "{\"sourceId\": \"" + shop.id() + "\", \"destinationId\": \"" + crm.id()
                        + "\", \"configurations\": {\"streams\": [" + String.join(",", streams) + "]}}");
    }

    private Reply trial(String what, String stream, String more) {
        return house.send(
                "POST",
                mappings + what,
                null,
                "{\"sourceId\": \"" + shop.id() + "\", \"stream\": " + stream + more + "}");
    }

    private static List<Map<String, @Nullable Object>> errors(@Nullable Object errors) {
        return ((List<?>) java.util.Objects.requireNonNull(errors))
                .stream().map(JsonText::members).toList();
    }

    private static List<Map<String, @Nullable Object>> refused(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(422);
        return errors(JsonText.members(reply.object().get("data")).get("errors"));
    }

    @Test
    void aConnectionIsKeptAsItWasAskedForAndEdited() {
        Reply made = create(MAPPED);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        String path = ApiHouse.BASE + "/connections/" + made.get("connectionId");

        assertThat(stream(house.send("GET", path, null, null))).isEqualTo(JsonText.object(MAPPED));

        String airbyte = """
            {"name": "orders", "namespace": "public", "syncMode": "full_refresh_update",
             "destinationObjectName": "contact", "primaryKey": [["id"]], "selectedFields": [{"fieldPath": ["id"]}],
             "mappers": [{"type": "field-renaming", "mapperConfiguration": {"originalFieldName": "id",
               "newFieldName": "number"}}]}\
            """;
        Reply changed = house.send("PATCH", path, null, "{\"configurations\": {\"streams\": [" + airbyte + "]}}");
        assertThat(stream(changed)).isEqualTo(JsonText.object(airbyte));
        assertThat(refused(house.send(
                        "PATCH",
                        path,
                        null,
                        "{\"configurations\": {\"streams\": [" + airbyte.replace("[[\"id\"]]", "[]") + "]}}")))
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .containsEntry("path", "configurations.streams[0].primaryKey")
                        .containsEntry("code", "E_OBJECT_KEY"));
        assertThat(stream(house.send("GET", path, null, null)))
                .as("what is refused changes nothing")
                .isEqualTo(JsonText.object(airbyte));
    }

    private static Map<String, @Nullable Object> stream(Reply connection) {
        Map<String, @Nullable Object> configurations =
                JsonText.members(connection.object().get("configurations"));
        return JsonText.members(((List<?>) java.util.Objects.requireNonNull(configurations.get("streams"))).getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"contact\"|\"deal\"|destinationObjectName|E_OBJECT_UNKNOWN",
                "full_refresh_upsert|full_refresh_soft_delete|syncMode|E_OBJECT_METHOD",
                "full_refresh_upsert|incremental_update|syncMode|E_MODE_UNSUPPORTED",
                "[\"number\"]|[\"tier\"]|matchingKey|E_OBJECT_KEY",
                "\"to\": \"number\"|\"to\": \"nr\"|mappedFields[0]|E_OBJECT_FIELD",
                "\"field\": \"id\"|\"field\": \"idd\"|mappedFields[0]|E_OBJECT_FIELD",
                "{\"to\": \"number\", \"field\": \"id\"},||mappedFields|E_OBJECT_REQUIRED",
                "\"field\": \"id\"|\"expression\": \"cast(changed as date)\"|mappedFields[0]|E_OBJECT_TYPE",
                "\"field\": \"id\"|\"expression\": \"id +\"|mappedFields[0]|E_EXPRESSION",
            })
    void whatTheSystemDoesNotTakeIsRefusedAtItsField(String right, @Nullable String wrong, String path, String code) {
        String stream = MAPPED.replace(right, wrong == null ? "" : wrong)
                .replace(
                        "\"orders\", \"namespace\": \"public\"",
                        wrong != null && wrong.startsWith("incremental")
                                ? "\"notes\""
                                : "\"orders\", \"namespace\": \"public\"");

        assertThat(refused(create(
                        "{\"name\": \"" + (stream.contains("notes") ? "orders" : "notes") + "\""
                                + (stream.contains("notes") ? ", \"namespace\": \"public\"" : "") + "}",
                        stream)))
                .anySatisfy(error -> assertThat(error)
                        .containsEntry("path", "configurations.streams[1]." + path)
                        .containsEntry("code", code));
        assertThat(errors(trial("check", stream, "").object().get("errors")))
                .as("a check says the same")
                .anySatisfy(
                        error -> assertThat(error).containsEntry("path", path).containsEntry("code", code));
        assertThat(trial("preview", stream, "").status()).isEqualTo(422);
    }

    @Test
    void whatMakesNoSenseIsRefusedAsOtherSettingsAre() {
        assertThat(create(MAPPED.replace("\"field\": \"id\"", "\"field\": \"id\", \"constant\": 1"))
                        .status())
                .isEqualTo(400);
        assertThat(create(MAPPED.replace("\"destinationObjectName\": \"contact\",", ""))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void objectsAreToldWithTheirMethodsAndOneWithItsFields() {
        Reply all = house.send("GET", OWN + "/destinations/" + crm.id() + "/objects", null, null);
        assertThat(all.object())
                .containsEntry(
                        "objects", List.of(Map.of("name", "contact", "methods", List.of("insert", "upsert", "update"))))
                .containsEntry("operations", List.of());

        Reply one = house.send("GET", OWN + "/destinations/" + crm.id() + "/objects?object=contact", null, null);
        assertThat(errors(one.object().get("operations")))
                .hasSize(3)
                .anySatisfy(operation -> assertThat(operation)
                        .containsEntry("method", "upsert")
                        .containsEntry("matchingKeys", List.of(List.of("number"))));
        assertThat(one.text()).contains("\"label\":\"Tier\"", "\"allowed\":[\"gold\",\"silver\"]", "\"required\":true");
    }

    @Test
    void aMappingIsSuggestedCheckedAndTriedBeforeItIsSaved() {
        assertThat(trial("suggest", MAPPED, ", \"method\": \"insert\"").object().get("suggestions"))
                .asString()
                .contains("to=number", "field=id");
        assertThat(trial("check", MAPPED, "").object()).containsEntry("errors", List.of());
        Reply tried = trial("preview", MAPPED, ", \"rows\": 2");
        assertThat(tried.object()).containsEntry("sent", List.of(List.of("number", "int64")));
        assertThat(errors(tried.object().get("rows")))
                .satisfiesExactly(
                        row -> assertThat(row)
                                .containsEntry("sent", List.of("1"))
                                .doesNotContainKey("rejection"),
                        row -> assertThat(row).doesNotContainKey("sent").containsKey("rejection"));
        assertThat(trial("preview", MAPPED, ", \"rows\": 21").status()).isEqualTo(400);
    }

    @Test
    void sourcesOfOthersAreNotTried() {
        Actor theirs = rooms.actor(house.other, ConnectorKind.SOURCE, "Theirs");
        Reply tried = house.send(
                "POST",
                mappings + "check",
                null,
                "{\"sourceId\": \"" + theirs.id() + "\", \"stream\": " + MAPPED + "}");
        assertThat(tried.status()).isEqualTo(404);
    }
}
