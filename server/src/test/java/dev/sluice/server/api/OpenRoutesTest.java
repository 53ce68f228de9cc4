package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.json.JsonText;
import dev.sluice.spi.catalog.Catalog;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The public API as clients use it, over HTTP. */
class OpenRoutesTest {
    private final ApiHouse house = new ApiHouse(LoginRules.NONE);
    private final String workspace = house.workspace.id().toString();

    @AfterEach
    void close() {
        house.close();
    }

    private Reply get(String path) {
        return house.send("GET", ApiHouse.BASE + path, null, null);
    }

    private Reply send(String method, String path, Object body) {
        return house.send(method, ApiHouse.BASE + path, null, JsonText.write(body));
    }

    private Reply delete(String path) {
        return house.send("DELETE", ApiHouse.BASE + path, null, null);
    }

    private Reply source(String name) {
        return send(
                "POST",
                "/sources",
                Map.of(
                        "name",
                        name,
                        "workspaceId",
                        workspace,
                        "configuration",
                        Map.of("sourceType", "postgres", "host", "h", "password", "canary-1")));
    }

    private Reply destination() {
        return send(
                "POST",
                "/destinations",
                Map.of(
                        "name",
                        "Lake",
                        "workspaceId",
                        workspace,
                        "configuration",
                        Map.of("destinationType", "lake", "host", "h")));
    }

    @Test
    void healthIsATextAndTokensAreGivenWhereNobodyNeedsThem() {
        Reply health = get("/health/");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.text()).isEqualTo("Successful operation");
        assertThat(health.headers().firstValue("content-security-policy")).isPresent();
        assertThat(house.send("HEAD", ApiHouse.BASE + "/health", null, null).status())
                .isEqualTo(200);
        assertThat(house.send("GET", "/api/v1/health/", null, null).object()).isEqualTo(Map.of("available", true));
        Reply hidden = house.send("GET", "/v1/sources/%2F", null, null);
        assertThat(hidden.object()).containsEntry("title", "bad-request");
        assertThat(hidden.headers().firstValue("server")).isEmpty();
        for (String prefix : List.of("", "/v1", "/api/v1", ApiHouse.BASE)) {
            Reply token = house.send(
                    "POST",
                    prefix + "/applications/token",
                    null,
                    "client_id=a&client_secret=b%26&grant_type=client_credentials",
                    "Content-Type",
                    "application/x-www-form-urlencoded");
            assertThat(token.object()).containsEntry("token_type", "Bearer").containsEntry("expires_in", 900);
        }
    }

    @Test
    void workspacesAndTagsComeAndGo() {
        Reply made = send("POST", "/workspaces", Map.of("name", "New"));
        assertThat(made.object()).containsEntry("dataResidency", "auto").containsEntry("notifications", Map.of());
        String path = "/workspaces/" + made.get("workspaceId");
        assertThat(send("PATCH", path, Map.of("name", "Renamed")).get("name")).isEqualTo("Renamed");
        Reply page = get("/workspaces?limit=2");
        assertThat(page.data()).hasSize(2);
        assertThat(page.get("previous")).isEmpty();
        String next = page.get("next");
        assertThat(next).startsWith("http://127.0.0.1").contains("limit=2").contains("offset=2");
        Reply last = get("/workspaces" + next.substring(next.indexOf('?')));
        assertThat(last.data()).hasSize(1).doesNotContainAnyElementsOf(page.data());
        assertThat(last.get("next")).isEmpty();
        assertThat(last.get("previous")).contains("offset=0");
        assertThat(delete(path).status()).isEqualTo(204);
        assertThat(get(path).status()).isEqualTo(404);
        assertThat(get("/workspaces?includeDeleted=true").data()).hasSize(3);

        Reply tag = send("POST", "/tags", Map.of("name", "finance", "color", "3366FF", "workspaceId", workspace));
        String tagPath = "/tags/" + tag.get("tagId");
        assertThat(send("PATCH", tagPath, Map.of("name", "money", "color", "000000"))
                        .get("name"))
                .isEqualTo("money");
        assertThat(get("/tags").data()).hasSize(1);
        Reply again = send("POST", "/tags", Map.of("name", "money", "color", "3366FF", "workspaceId", workspace));
        assertThat(again.object()).containsEntry("status", 409).containsEntry("type", "error:tag-already-exists");
        Reply wrong = send("POST", "/tags", Map.of("name", "x", "color", "red", "workspaceId", workspace));
        assertThat(wrong.object()).containsEntry("type", "error:tag-invalid-hex-color");
        assertThat(delete(tagPath).status()).isEqualTo(204);
        assertThat(get(tagPath).status()).isEqualTo(404);
    }

    @Test
    void channelsOfMessagesAreKeptAndJudged() {
        Map<String, Object> wished = Map.of(
                "failure", Map.of("email", Map.of("enabled", true)),
                "success", Map.of("webhook", Map.of("enabled", true, "url", "https://example.org/x")));
        String path = "/workspaces/" + workspace;
        assertThat(send("PATCH", path, Map.of("notifications", wished)).object().get("notifications"))
                .isEqualTo(wished);
        Reply refused = send(
                "PATCH", path, Map.of("notifications", Map.of("failure", Map.of("webhook", Map.of("enabled", true)))));
        assertThat(refused.object())
                .containsEntry("status", 400)
                .containsEntry("type", "error:notification/config/missing-url");
        assertThat(send("PATCH", path, Map.of("notifications", Map.of("failure", "x")))
                        .status())
                .isEqualTo(400);
        assertThat(get(path).object().get("notifications")).isEqualTo(wished);
    }

    @Test
    void connectorsAreListedAndThoseThatDescribeNoConsentSaySo() {
        assertThat(get("/connector_definitions?type=SOURCE").data())
                .extracting(each -> each.get("connectorDefinitionType") + " " + each.get("version"))
                .containsExactly("source 1.0");
        assertThat(get("/connector_definitions").status()).isEqualTo(400);
        Map<String, String> wish =
                Map.of("redirectUrl", "https://example.org", "workspaceId", workspace, "sourceType", "Shop");
        assertThat(send("POST", "/sources/initiateOAuth", wish).status()).isEqualTo(501);
    }

    @Test
    void linksNameTheServerAsTheCallerKnowsIt() {
        source("one");
        source("two");
        Map<String, String> headers = Map.of("host", "localhost:8000", "x-forwarded-proto", "https");
        Map<String, List<String>> query = Map.of("limit", List.of("1"));
        Answer answer = house.api.answer(new Message("GET", "/v1/sources", query, headers, "", "127.0.0.1"));
        assertThat(answer.text()).contains("https://localhost:8000/v1/sources?limit=1&offset=1");
        Reply plain = house.send(
                "GET", "/v1/sources?limit=1", null, null, "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil");
        assertThat(plain.get("next")).as("no proxy is trusted here").startsWith("http://127.0.0.1");
    }

    @Test
    void sourcesKeepTheirSecretsWhenTheMaskComesBack() {
        Reply made = source("Shop");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.object()).containsEntry("sourceType", "postgres");
        assertThat(configuration(made))
                .isEqualTo(Map.of("host", "h", "password", "**********", "sourceType", "postgres"));
        String path = "/sources/" + made.get("sourceId");
        Reply patched = send("PATCH", path, Map.of("configuration", Map.of("port", 5432)));
        assertThat(configuration(patched)).containsEntry("port", 5432).containsEntry("password", "**********");
        Reply put = send("PUT", path, Map.of("name", "Store", "configuration", configuration(patched)));
        assertThat(put.object()).containsEntry("name", "Store");
        assertThat(configuration(put)).isEqualTo(configuration(patched));
        assertThat(configuration(get(path + "?includeSecretCoordinates=true")).get("password"))
                .asString()
                .startsWith("secret_coordinate::");
        Reply refused = send("PUT", path, Map.of("name", "x", "configuration", Map.of("port", "canary-2")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("host: is required").contains("port: has to be a whole number");
        assertThat(send("PUT", path, Map.of("name", "x", "configuration", Map.of("host", "**********")))
                        .status())
                .isEqualTo(422);
        assertThat(delete(path).status()).isEqualTo(204);
        assertThat(get(path).status()).isEqualTo(404);
        assertThat(get("/sources").data()).isEmpty();
        assertThat(get("/sources?includeDeleted=true").data()).hasSize(1);
        assertThat(house.answers).noneMatch(answer -> answer.contains("canary"));
    }

    private static Map<String, @Nullable Object> configuration(Reply reply) {
        return JsonText.members(reply.object().get("configuration"));
    }

    @Test
    void whatCannotBeMadeIsRefusedInTheShapeOfTheApi() {
        assertThat(send("POST", "/sources", Map.of("name", "x", "workspaceId", workspace))
                        .status())
                .isEqualTo(400);
        assertThat(send("POST", "/sources", Map.of("name", "x", "workspaceId", workspace, "configuration", Map.of()))
                        .status())
                .isEqualTo(422);
        Reply unknown = send(
                "POST",
                "/sources",
                Map.of("name", "x", "workspaceId", workspace, "configuration", Map.of("sourceType", "nothing")));
        assertThat(unknown.object()).containsEntry("status", 400).containsEntry("title", "value-not-found");
        assertThat(house.send("POST", ApiHouse.BASE + "/sources", null, "{").status())
                .isEqualTo(422);
        assertThat(get("/sources/nothing").status()).isEqualTo(400);
        assertThat(get("/sources/" + UUID.randomUUID()).object()).containsEntry("title", "resource-not-found");
        assertThat(get("/sources?limit=101").status()).isEqualTo(400);
        assertThat(get("/sources?limit=0").status()).isEqualTo(400);
        assertThat(get("/sources?offset=-1").status()).isEqualTo(400);
        assertThat(get("/nowhere").status()).isEqualTo(404);
        assertThat(send("PUT", "/workspaces", Map.of()).status()).isEqualTo(405);
        assertThat(house.send("POST", ApiHouse.BASE + "/tags", null, "x".repeat(11 * 1024 * 1024))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void connectionsAreMadeChangedAndHeldAgainstTheCatalog() {
        String sourceId = source("Shop").get("sourceId");
        String destinationId = destination().get("destinationId");
        Map<String, Object> ends = Map.of("sourceId", sourceId, "destinationId", destinationId);
        Reply all = send("POST", "/connections", ends);
        assertThat(all.status()).as(all.text()).isEqualTo(200);
        assertThat(all.object())
                .containsEntry("name", "Shop <> Lake")
                .containsEntry("status", "active")
                .containsEntry("schedule", Map.of("scheduleType", "manual"))
                .containsEntry("namespaceDefinition", "destination")
                .containsEntry("nonBreakingSchemaUpdatesBehavior", "ignore")
                .containsEntry("tags", List.of())
                .containsEntry("dataResidency", "auto")
                .containsEntry(
                        "configurations",
                        Map.of(
                                "streams",
                                List.of(
                                        Map.of("name", "notes", "syncMode", "full_refresh_overwrite"),
                                        Map.of(
                                                "namespace",
                                                "public",
                                                "name",
                                                "orders",
                                                "syncMode",
                                                "full_refresh_overwrite"))));
        String path = "/connections/" + all.get("connectionId");
        String tagId = send("POST", "/tags", Map.of("name", "t", "color", "3366FF", "workspaceId", workspace))
                .get("tagId");
        Reply patched = changed(path, tagId);
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        assertThat(patched.object())
                .containsEntry("schedule", Map.of("scheduleType", "cron", "cronExpression", "0 0 12 * * ? UTC"))
                .containsEntry("prefix", "p_")
                .containsEntry("namespaceFormat", "raw_${SOURCE_NAMESPACE}");
        assertThat(patched.text()).contains("incremental_deduped_history").contains("\"cursorField\":[\"changed\"]");
        assertThat(get(path).object()).as("nothing else comes back later").isEqualTo(patched.object());
        assertThat(get("/connections?tagIds=" + tagId).data()).hasSize(1);
        assertThat(get("/connections?tagIds=" + UUID.randomUUID()).data()).isEmpty();
        Map<String, Object> inVienna =
                Map.of("scheduleType", "cron", "cronExpression", "0 30 2 ? * MON-FRI 2027/2 Europe/Vienna");
        assertThat(send("PATCH", path, Map.of("schedule", inVienna)).object()).containsEntry("schedule", inVienna);
        assertThat(get(path).object()).as("its zone is kept").containsEntry("schedule", inVienna);
        Map<String, Object> nowhere = Map.of("scheduleType", "cron", "cronExpression", "0 0 6 * * ? Europe/Atlantis");
        Reply unknown = send("PATCH", path, Map.of("schedule", nowhere));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text()).contains("there is no time zone Europe/Atlantis");
        assertThat(send("PATCH", path, Map.of("status", "active")).object())
                .containsEntry("status", "active")
                .containsEntry("name", "Renamed");
        assertThat(delete(path).status()).isEqualTo(204);
        assertThat(get(path).status()).isEqualTo(404);
        assertThat(get("/connections").data()).isEmpty();
        assertThat(get("/connections?includeDeleted=true").data()).hasSize(1);
    }

    @Test
    void whoChoosesStreamsAnewHasSeenWhatTheSourceOffersNow() {
        Map<String, Object> ends = Map.of(
                "sourceId",
                source("Shop").get("sourceId"),
                "destinationId",
                destination().get("destinationId"));
        String path = "/connections/" + send("POST", "/connections", ends).get("connectionId");
        Object first = catalogOf(path);
        house.catalog = new Catalog(ApiHouse.CATALOG.streams().subList(1, 2));
        send("PATCH", path, Map.of("name", "Renamed"));
        assertThat(catalogOf(path)).as("no stream was chosen").isEqualTo(first);
        Map<String, Object> notes = Map.of("streams", List.of(Map.of("name", "notes")));
        assertThat(send("PATCH", path, Map.of("configurations", notes)).status())
                .isEqualTo(200);
        assertThat(catalogOf(path)).isNotEqualTo(first);
    }

    private Object catalogOf(String path) {
        UUID id = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
        return house.store
                .<Optional<UUID>>read(transaction -> new Connections(Clock.systemUTC())
                        .find(transaction, id)
                        .map(connection -> connection.ends().sourceCatalogId()))
                .orElseThrow();
    }

    private Reply changed(String path, String tagId) {
        Map<String, Object> orders = Map.of(
                "namespace",
                "public",
                "name",
                "orders",
                "syncMode",
                "INCREMENTAL_deduped_history",
                "cursorField",
                List.of("changed"),
                "primaryKey",
                List.of(List.of("id")));
        return send(
                "PATCH",
                path,
                Map.of(
                        "name", "Renamed",
                        "status", "inactive",
                        "prefix", "p_",
                        "namespaceDefinition", "custom_format",
                        "namespaceFormat", "raw_${SOURCE_NAMESPACE}",
                        "schedule", Map.of("scheduleType", "cron", "cronExpression", "0 0 12 * * ? UTC"),
                        "tags", List.of(Map.of("tagId", tagId)),
                        "configurations", Map.of("streams", List.of(orders))));
    }

    @Test
    void streamsThatDoNotFitAreRefused() {
        Map<String, Object> notes = Map.of("name", "notes");
        List<List<Map<String, Object>>> wrong = List.of(
                List.of(Map.of("name", "orders")),
                List.of(notes, notes),
                List.of(Map.of("name", "notes", "syncMode", "incremental_append")),
                List.of(Map.of("name", "notes", "syncMode", "full_refresh_overwrite_deduped")),
                List.of(Map.of("name", "notes", "syncMode", "full_refresh_soft_delete")),
                List.of(Map.of("name", "orders", "namespace", "public", "syncMode", "incremental_append")),
                List.of(Map.of("name", "notes", "primaryKey", List.of(List.of("nothing")))),
                List.of(Map.of(
                        "name",
                        "orders",
                        "namespace",
                        "public",
                        "selectedFields",
                        List.of(Map.of("fieldPath", List.of("changed"))))));
        String sourceId = source("Shop").get("sourceId");
        String destinationId = destination().get("destinationId");
        for (List<Map<String, Object>> streams : wrong) {
            Reply refused = send(
                    "POST",
                    "/connections",
                    Map.of(
                            "sourceId",
                            sourceId,
                            "destinationId",
                            destinationId,
                            "configurations",
                            Map.of("streams", streams)));
            assertThat(refused.status()).as(streams + " " + refused.text()).isEqualTo(400);
        }
        for (String cron : List.of("* * * * * ?", "0 0 12 * *", "0 0 12 * * ? ; rm")) {
            Reply refused = send(
                    "POST",
                    "/connections",
                    Map.of(
                            "sourceId",
                            sourceId,
                            "destinationId",
                            destinationId,
                            "schedule",
                            Map.of("scheduleType", "cron", "cronExpression", cron)));
            assertThat(refused.get("type")).as(cron).isEqualTo("error:cron-validation/invalid-expression");
        }
        assertThat(get("/connections").data()).isEmpty();
        Reply streams = get("/streams?sourceId=" + sourceId);
        assertThat(streams.text()).startsWith("[").contains("\"streamnamespace\":\"public\"");
        assertThat(get("/streams").status()).isEqualTo(400);
    }

    @Test
    void definitionsOfAWorkspaceAreItsOwn() {
        String all = "/workspaces/" + workspace + "/definitions/sources";
        Map<String, Object> image = Map.of("name", "Ours", "dockerRepository", "us/source-x", "dockerImageTag", "1");
        Reply made = send("POST", all, image);
        String one = all + "/" + made.get("id");
        assertThat(send("PUT", one, Map.of("name", "Ours 2", "dockerImageTag", "2"))
                        .object())
                .containsEntry("name", "Ours 2")
                .containsEntry("dockerImageTag", "2")
                .containsEntry("dockerRepository", "us/source-x");
        assertThat(get(all).data()).hasSize(2);
        assertThat(get("/workspaces/" + house.other.id() + "/definitions/sources")
                        .data())
                .hasSize(1);
        assertThat(get("/workspaces/" + house.other.id() + "/definitions/sources/" + made.get("id"))
                        .status())
                .isEqualTo(404);
        Object builtin = get("/workspaces/" + house.other.id() + "/definitions/sources")
                .data()
                .getFirst()
                .get("id");
        assertThat(delete(all + "/" + builtin).status()).isEqualTo(409);
        Reply unable = send(
                "POST",
                "/sources",
                Map.of(
                        "name",
                        "x",
                        "workspaceId",
                        workspace,
                        "definitionId",
                        made.get("id"),
                        "configuration",
                        Map.of()));
        assertThat(unable.status()).isEqualTo(403);
        assertThat(unable.text()).contains("SLUICE_PROGRAMS=images");
        assertThat(delete(one).get("name")).isEqualTo("Ours 2");
        assertThat(get(one).status()).isEqualTo(404);
    }

    @Test
    void manifestsHaveVersionsAndTheirSpecIsUsed() {
        String declared = "/workspaces/" + workspace + "/definitions/declarative_sources";
        Map<String, Object> stream = Map.of(
                "type",
                "DeclarativeStream",
                "name",
                "items",
                "retriever",
                Map.of(
                        "type",
                        "SimpleRetriever",
                        "requester",
                        Map.of("type", "HttpRequester", "url_base", "https://api.example.org", "path", "items"),
                        "record_selector",
                        Map.of(
                                "type",
                                "RecordSelector",
                                "extractor",
                                Map.of("type", "DpathExtractor", "field_path", List.of()))));
        Map<String, Object> manifest = Map.of(
                "version",
                "6.0.0",
                "type",
                "DeclarativeSource",
                "check",
                Map.of("type", "CheckStream", "stream_names", List.of("items")),
                "streams",
                List.of(stream),
                "spec",
                Map.of("type", "Spec", "connection_specification", JsonText.object(TestConnectors.SPEC)));
        Reply first = send("POST", declared, Map.of("name", "Api", "manifest", manifest));
        assertThat(first.object()).containsEntry("version", 1);
        Reply second = send("PUT", declared + "/" + first.get("id"), Map.of("manifest", manifest));
        assertThat(second.object()).containsEntry("version", 2).containsEntry("manifest", manifest);
        Reply source = send(
                "POST",
                "/sources",
                Map.of(
                        "name",
                        "x",
                        "workspaceId",
                        workspace,
                        "definitionId",
                        first.get("id"),
                        "configuration",
                        Map.of("host", "h")));
        assertThat(source.object()).containsEntry("sourceType", "");
        assertThat(delete(declared + "/" + first.get("id")).status()).isEqualTo(200);
    }
}
