package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.definitions.Builtins;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The calls that older clients make, one after the other as they make them. */
class LegacyRoutesTest {
    private static final String SHOP =
            Builtins.id(ConnectorKind.SOURCE, "postgres").toString();
    private static final String LAKE =
            Builtins.id(ConnectorKind.DESTINATION, "lake").toString();

    private final ApiHouse house = new ApiHouse(LoginRules.NONE);
    private final String workspace = house.workspace.id().toString();

    @AfterEach
    void close() {
        house.close();
    }

    /** With a slash at the end, as some clients write it. */
    private Reply call(String path, Map<String, ?> body) {
        return house.send("POST", "/api/v1" + path + "/", null, JsonText.write(body));
    }

    private static List<Map<String, @Nullable Object>> list(Reply reply, String name) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.object().get(name) instanceof List<?> list
                ? list.stream().map(JsonText::members).toList()
                : List.of();
    }

    private static Map<String, @Nullable Object> member(Map<String, @Nullable Object> object, String name) {
        return JsonText.members(object.get(name));
    }

    private String made(ConnectorKind kind, String definition) {
        String word = kind == ConnectorKind.SOURCE ? "source" : "destination";
        Reply made = call(
                "/" + word + "s/create",
                Map.of(
                        "name",
                        word,
                        "workspaceId",
                        workspace,
                        word + "DefinitionId",
                        definition,
                        "connectionConfiguration",
                        Map.of("host", "h", "password", "canary-3")));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(member(made.object(), "connectionConfiguration")).containsEntry("password", "**********");
        return made.get(word + "Id");
    }

    private Reply connection(Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("sourceId", made(ConnectorKind.SOURCE, SHOP));
        body.put("destinationId", made(ConnectorKind.DESTINATION, LAKE));
        return call("/connections/create", body);
    }

    private static Map<String, Object> catalog() {
        Map<String, Object> orders = Map.of(
                "stream",
                Map.of("name", "orders", "namespace", "public"),
                "config",
                Map.of(
                        "syncMode",
                        "incremental",
                        "destinationSyncMode",
                        "append_dedup",
                        "cursorField",
                        List.of("changed"),
                        "primaryKey",
                        List.of(List.of("id")),
                        "selected",
                        true));
        Map<String, Object> notes = Map.of(
                "stream",
                Map.of("name", "notes"),
                "config",
                Map.of("syncMode", "full_refresh", "destinationSyncMode", "overwrite", "selected", false));
        return Map.of("streams", List.of(orders, notes));
    }

    @Test
    void aConnectionIsSetUpAsAClientDoesIt() {
        assertThat(house.send("GET", "/api/v1/health/", null, null).object()).containsEntry("available", true);
        assertThat(list(call("/workspaces/list", Map.of()), "workspaces"))
                .extracting(each -> each.get("workspaceId"))
                .contains(workspace);
        assertThat(list(call("/source_definitions/list", Map.of()), "sourceDefinitions"))
                .extracting(each -> each.get("sourceDefinitionId"))
                .containsExactly(SHOP);
        Reply spec = call("/destination_definition_specifications/get", Map.of("destinationDefinitionId", LAKE));
        assertThat(member(spec.object(), "connectionSpecification")).containsKey("properties");

        String source = made(ConnectorKind.SOURCE, SHOP);
        String destination = made(ConnectorKind.DESTINATION, LAKE);
        assertThat(call("/sources/check_connection", Map.of("sourceId", source)).object())
                .containsEntry("status", "succeeded");
        Reply discovered = call("/sources/discover_schema", Map.of("sourceId", source));
        Map<String, @Nullable Object> catalog = member(discovered.object(), "catalog");
        assertThat(catalog.toString()).contains("airbyte_type=integer").contains("selected=false");

        Reply made = call(
                "/connections/create",
                Map.of(
                        "sourceId",
                        source,
                        "destinationId",
                        destination,
                        "status",
                        "inactive",
                        "scheduleType",
                        "basic",
                        "scheduleData",
                        Map.of("basicSchedule", Map.of("units", 24, "timeUnit", "hours")),
                        "syncCatalog",
                        catalog()));
        assertThat(made.object())
                .as(made.text())
                .containsEntry("status", "inactive")
                .containsEntry("namespaceDefinition", "source")
                .containsEntry("schedule", Map.of("units", 24, "timeUnit", "hours"));
        Reply seen = call("/connections/get", Map.of("connectionId", made.get("connectionId")));
        assertThat(seen.object()).isEqualTo(made.object());
        assertThat(seen.text())
                .contains("\"destinationSyncMode\":\"append_dedup\",\"cursorField\":[\"changed\"]")
                .contains("\"aliasName\":\"notes\",\"selected\":false");
        Reply open = house.send("GET", "/v1/connections/" + made.get("connectionId"), null, null);
        assertThat(member(open.object(), "schedule")).containsEntry("basicTiming", "Every 24 HOURS");
        assertThat(open.text()).contains("incremental_deduped_history").doesNotContain("notes");
        assertThat(list(call("/connections/list", Map.of("workspaceId", workspace)), "connections"))
                .hasSize(1);
        assertThat(house.answers).noneMatch(answer -> answer.contains("canary"));
    }

    @Test
    void aRunIsBegunLookedAtAndCancelledTwice() {
        String id = connection(Map.of()).get("connectionId");
        Map<String, String> connection = Map.of("connectionId", id);
        Reply begun = call("/connections/sync", connection);
        assertThat(begun.status()).as(begun.text()).isEqualTo(200);
        Map<String, @Nullable Object> job = member(begun.object(), "job");
        assertThat(job).containsEntry("status", "pending").containsEntry("configId", id);
        assertThat(begun.text())
                .as("an attempt and its lines are there from the beginning")
                .contains("\"logLines\":[]");
        Reply second = call("/connections/sync", connection);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text()).contains("already running");
        Map<String, Object> jobId = Map.of("id", Objects.requireNonNull(job.get("id")));
        assertThat(member(call("/jobs/get", jobId).object(), "job")).isEqualTo(job);
        for (int i = 0; i < 2; i++) {
            Reply cancelled = call("/jobs/cancel", jobId);
            assertThat(member(cancelled.object(), "job")).containsEntry("status", "cancelled");
            assertThat(list(cancelled, "attempts")).hasSize(1);
        }
        Reply cleared = call("/connections/reset", connection);
        assertThat(member(cleared.object(), "job")).containsEntry("configType", "reset_connection");
        Reply listed = call(
                "/jobs/list",
                Map.of(
                        "configTypes",
                        List.of("sync", "reset_connection"),
                        "configId",
                        id,
                        "pagination",
                        Map.of("pageSize", 1)));
        assertThat(listed.object()).containsEntry("totalJobCount", 2);
        assertThat(list(listed, "jobs")).hasSize(1);
        assertThat(list(call("/jobs/list", Map.of("configTypes", List.of("get_spec"))), "jobs"))
                .isEmpty();
        assertThat(call("/jobs/get", Map.of("id", 77)).status()).isEqualTo(404);
        assertThat(call(
                                "/connections/get",
                                Map.of("connectionId", UUID.randomUUID().toString()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatIsChangedOnOneSideIsSeenOnTheOther() {
        String id = connection(Map.of("scheduleType", "manual", "prefix", "p_")).get("connectionId");
        Map<String, Object> cron =
                Map.of("cron", Map.of("cronExpression", "0 0 12 * * ?", "cronTimeZone", "Europe/Berlin"));
        Reply changed = call(
                "/web_backend/connections/update",
                Map.of(
                        "connectionId",
                        id,
                        "name",
                        "Renamed",
                        "scheduleType",
                        "cron",
                        "scheduleData",
                        cron,
                        "namespaceDefinition",
                        "customformat",
                        "namespaceFormat",
                        "x",
                        "nonBreakingChangesPreference",
                        "disable"));
        assertThat(changed.object())
                .as(changed.text())
                .containsEntry("name", "Renamed")
                .containsEntry("prefix", "p_")
                .containsEntry("scheduleData", cron)
                .containsEntry("isSyncing", false)
                .containsEntry("nonBreakingChangesPreference", "disable");
        assertThat(call("/web_backend/connections/get", Map.of("connectionId", id))
                        .object())
                .isEqualTo(changed.object());
        Reply open = house.send("GET", "/v1/connections/" + id, null, null);
        assertThat(open.text()).contains("0 0 12 * * ? Europe/Berlin").contains("disable_connection");
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("scheduleType", "hourly"),
                Map.of("scheduleType", "cron"),
                Map.of("schedule", Map.of("units", 0, "timeUnit", "hours")),
                Map.of(
                        "scheduleType",
                        "cron",
                        "scheduleData",
                        Map.of("cron", Map.of("cronExpression", "0 0 12 * * ?", "cronTimeZone", "Mars/Base"))),
                Map.of("syncCatalog", Map.of("streams", List.of())))) {
            Map<String, Object> body = new HashMap<>(wrong);
            body.put("connectionId", id);
            assertThat(call("/connections/update", body).status())
                    .as(wrong.toString())
                    .isEqualTo(400);
        }
        assertThat(call("/connections/delete", Map.of("connectionId", id)).status())
                .isEqualTo(204);
        assertThat(call("/connections/sync", Map.of("connectionId", id)).status())
                .isEqualTo(404);
    }
}
