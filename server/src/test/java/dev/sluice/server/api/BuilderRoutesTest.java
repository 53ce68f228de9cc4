package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.Grant;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.auth.Role;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Dialect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The Connector Builder over HTTP: drafts with revisions, testing values, tests in the background, and what is published. */
@ParameterizedClass
@EnumSource(Dialect.class)
class BuilderRoutesTest {
    private static final String BASE = "/api/sluice/v1/builder";
    private static final String CANARY = "canary-71fe-text";

    private final ApiHouse house;
    private final String editor;
    private final String reader;
    private final HttpServer service;
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch holding = new CountDownLatch(1);
    private volatile boolean holds;

    BuilderRoutesTest(Dialect dialect) throws IOException {
        house = new ApiHouse(new LoginRules(true, false), dialect);
        editor = bearer("editor@example.org", Role.WORKSPACE_EDITOR);
        reader = bearer("reader@example.org", Role.WORKSPACE_READER);
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            asked.incrementAndGet();
            int status = 200;
            if (holds) {
                exchange.getResponseHeaders().set("Retry-After", "300");
                status = 429;
                holding.countDown();
            }
            byte[] body = "{\"items\": [{\"id\": 1, \"name\": \"a\"}, {\"id\": 2, \"name\": \"b\"}]}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void close() {
        service.stop(0);
        house.close();
    }

    private String bearer(String email, Role role) {
        return "Bearer " + house.token(email, new Grant(role, house.workspace.id()));
    }

    private Reply send(String method, String path, @Nullable Object body) {
        return house.send(method, BASE + path, editor, body == null ? null : JsonText.write(body));
    }

    private static Reply ok(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }

    private String manifest() {
        return """
            # kept as it is
            version: 6.0.0
            type: DeclarativeSource
            check: {type: CheckStream, stream_names: [items]}
            streams:
              - type: DeclarativeStream
                name: items
                primary_key: id
                schema_loader:
                  type: InlineSchemaLoader
                  schema: {type: object, properties: {id: {type: integer}, name: {type: string}}}
                retriever:
                  type: SimpleRetriever
                  requester:
                    type: HttpRequester
                    url: "http://localhost:PORT/items"
                    authenticator: {type: BearerAuthenticator, api_token: "{{ config['key'] }}"}
                  record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [items]}}
            spec:
              type: Spec
              connection_specification:
                type: object
                required: [key]
                properties: {key: {type: string, airbyte_secret: true}}
            """.replace("PORT", String.valueOf(service.getAddress().getPort()));
    }

    private Reply project() {
        return ok(send(
                "POST",
                "/projects",
                Map.of("workspaceId", house.workspace.id().toString(), "name", "Things", "manifest", manifest())));
    }

    private Reply configured() {
        Reply project = project();
        return ok(send(
                "PUT",
                "/projects/" + project.get("projectId") + "/testing-values",
                Map.of("values", Map.of("key", CANARY))));
    }

    private Map<String, @Nullable Object> tested(String projectId, Map<String, Object> wish) {
        Map<String, Object> body = new LinkedHashMap<>(wish);
        body.put("stream", "items");
        return ended(ok(send("POST", "/projects/" + projectId + "/tests", body)).get("testId"));
    }

    private Map<String, @Nullable Object> ended(String testId) {
        for (int i = 0; i < 600; i++) {
            Map<String, @Nullable Object> test =
                    ok(send("GET", "/tests/" + testId, null)).object();
            if (!"running".equals(test.get("status"))) {
                return test;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("the test does not end");
    }

    private static Map<String, @Nullable Object> result(Map<String, @Nullable Object> test) {
        return JsonText.members(test.get("result"));
    }

    @Test
    void whatIsWrittenIsKeptAsItIsAndNobodyOverwritesAnother() {
        Reply project = project();
        String path = "/projects/" + project.get("projectId");
        assertThat(project.get("manifest")).isEqualTo(manifest());
        Reply changed = ok(send("PUT", path, Map.of("name", "Other", "manifest", "not: [finished", "revision", 1)));
        assertThat(changed.get("manifest")).isEqualTo("not: [finished");
        assertThat(changed.get("revision")).isEqualTo("2");
        Reply late = send("PUT", path, Map.of("manifest", manifest(), "revision", 1));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text()).contains("editor@example.org", "\"revision\":2");
        assertThat(ok(send("GET", "/projects?workspaceId=" + house.workspace.id(), null))
                        .data())
                .extracting(each -> each.get("name"))
                .containsExactly("Other");
        assertThat(send("DELETE", path, null).status()).isEqualTo(204);
        assertThat(send("GET", path, null).status()).isEqualTo(404);
    }

    @Test
    void whoOnlyReadsChangesAndTestsNothing() {
        String id = project().get("projectId");
        String edit = JsonText.write(Map.of("manifest", "x: 1", "revision", 1));
        assertThat(house.send("GET", BASE + "/projects/" + id, reader, null).status())
                .isEqualTo(200);
        assertThat(house.send("PUT", BASE + "/projects/" + id, reader, edit).status())
                .isEqualTo(403);
        assertThat(house.send("POST", BASE + "/projects/" + id + "/tests", reader, "{\"stream\": \"items\"}")
                        .status())
                .isEqualTo(403);
        String stranger = "Bearer " + house.token("s@example.org", new Grant(Role.WORKSPACE_ADMIN, house.other.id()));
        assertThat(house.send("GET", BASE + "/projects/" + id, stranger, null).status())
                .isIn(403, 404);
    }

    @Test
    void aTestShowsWhatWasSeenAndNoSecret() {
        Reply project = configured();
        assertThat(project.text()).contains("**********").doesNotContain(CANARY);
        Map<String, @Nullable Object> test = tested(project.get("projectId"), Map.of());
        assertThat(test).containsEntry("status", "succeeded").containsEntry("recorded", true);
        String seen = JsonText.write(result(test));
        assertThat(seen)
                .contains("Bearer **********", "\"records\":[{\"id\":1,\"name\":\"a\"}", "/items")
                .doesNotContain(CANARY);
        assertThat(result(test)).containsEntry("warnings", List.of()).containsEntry("limitReached", false);
        Reply after = ok(send("GET", "/projects/" + project.get("projectId"), null));
        assertThat(after.text()).contains("\"stale\":false", "\"records\":2");
        ok(send(
                "PUT",
                "/projects/" + project.get("projectId"),
                Map.of("manifest", manifest().replace("primary_key: id", "primary_key: name"), "revision", 1)));
        assertThat(ok(send("GET", "/projects/" + project.get("projectId"), null))
                        .text())
                .contains("\"stale\":true");
    }

    @Test
    void aRecordedTestAsksNobodyWhenItIsRunAgain() {
        String id = configured().get("projectId");
        Map<String, @Nullable Object> first = tested(id, Map.of());
        int before = asked.get();
        Map<String, @Nullable Object> again = tested(id, Map.of("replay", String.valueOf(first.get("testId"))));
        assertThat(again).containsEntry("status", "succeeded").containsEntry("recorded", false);
        assertThat(JsonText.write(result(again).get("slices"))).contains("\"name\":\"b\"");
        assertThat(asked.get()).isEqualTo(before);
        assertThat(ok(send("GET", "/projects/" + id + "/tests?stream=items", null))
                        .data())
                .hasSize(2);
    }

    @Test
    void aTestThatWaitsCanBeCancelled() throws InterruptedException {
        String id = configured().get("projectId");
        holds = true;
        String test = ok(send("POST", "/projects/" + id + "/tests", Map.of("stream", "items")))
                .get("testId");
        assertThat(holding.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(send("DELETE", "/tests/" + test, null).status()).isEqualTo(204);
        assertThat(ended(test)).containsEntry("status", "cancelled");
    }

    @Test
    void limitsBeyondTheWidestAreRefused() {
        String id = project().get("projectId");
        Reply reply = send(
                "POST", "/projects/" + id + "/tests", Map.of("stream", "items", "limits", Map.of("records", 100_000)));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("5000");
    }

    @Test
    void aManifestIsCheckedWithItsPlaces() {
        Reply checked = ok(send("POST", "/check", Map.of("manifest", manifest().replace("SimpleRetriever", "Simpel"))));
        assertThat(checked.text()).contains("streams/0/retriever/type", "\"line\":13", "\"kind\":\"stream\"");
        assertThat(ok(send("POST", "/check", Map.of("manifest", manifest()))).text())
                .contains("\"problems\":[]", "\"primaryKey\":[[\"id\"]]", "airbyte_secret");
    }

    @Test
    void whatWasNotTriedOutIsPublishedForAReasonOnly() {
        Reply project = configured();
        String path = "/projects/" + project.get("projectId");
        Reply refused = send("POST", path + "/publish", Map.of("note", "first"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("not_tested");
        tested(project.get("projectId"), Map.of());
        Reply published = ok(send("POST", path + "/publish", Map.of("note", "first", "version", "1.0.0")));
        assertThat(published.get("version")).isEqualTo("1.0.0");

        String other = manifest().replace("name: {type: string}", "name: {type: integer}");
        ok(send("PUT", path, Map.of("manifest", other, "revision", 1)));
        Reply impact = ok(send("GET", path + "/publish/impact", null));
        assertThat(impact.text()).contains("test_outdated", "the type of name was string and is integer");
        Reply second = ok(send(
                "POST",
                path + "/publish",
                Map.of("note", "second", "activate", false, "ignoreWarnings", "it is a number now")));
        assertThat(second.get("version")).isEqualTo("2");
        List<Map<String, @Nullable Object>> versions =
                ok(send("GET", path + "/versions", null)).data();
        assertThat(versions).extracting(each -> each.get("version")).containsExactly("2", "1.0.0");
        assertThat(versions).extracting(each -> each.get("active")).containsExactly(false, true);
        assertThat(versions).extracting(each -> each.get("manifest")).containsExactly(other, manifest());
        assertThat(String.valueOf(versions.getFirst().get("note"))).contains("it is a number now");
        ok(send("POST", path + "/versions/2/activate", null));
        assertThat(ok(send("GET", path, null)).get("activeVersion")).isEqualTo("2");
    }

    @Test
    void whatWasPublishedIsASourceLikeOthersAndStays() {
        Reply project = configured();
        String path = "/projects/" + project.get("projectId");
        Reply published =
                ok(send("POST", path + "/publish", Map.of("note", "first", "version", "1.0.0", "ignoreWarnings", "x")));
        String workspace = house.workspace.id().toString();
        Reply source = house.send(
                "POST",
                ApiHouse.BASE + "/sources",
                editor,
                JsonText.write(Map.of(
                        "name",
                        "mine",
                        "workspaceId",
                        workspace,
                        "definitionId",
                        published.get("definitionId"),
                        "configuration",
                        Map.of("key", CANARY))));
        assertThat(source.status()).as(source.text()).isEqualTo(200);

        Reply fork = ok(send(
                "POST",
                "/projects",
                Map.of(
                        "workspaceId",
                        workspace,
                        "name",
                        "Fork",
                        "fork",
                        Map.of("definitionId", published.get("definitionId"), "version", "1.0.0"))));
        assertThat(fork.get("manifest")).isEqualTo(manifest());
        assertThat(send("DELETE", path, null).status()).isEqualTo(204);
        assertThat(house.send(
                                "GET",
                                ApiHouse.BASE + "/workspaces/" + workspace + "/definitions/declarative_sources/"
                                        + published.get("definitionId"),
                                editor,
                                null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anExportHoldsTheManifestAndWhatWasRecorded() throws IOException, InterruptedException {
        String id = configured().get("projectId");
        tested(id, Map.of());
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(house.uri(BASE + "/projects/" + id + "/export"))
                            .header("Authorization", editor)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> files = new LinkedHashMap<>();
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            assertThat(files).containsOnlyKeys("manifest.yaml", "fixtures/items.json", "README.md");
            assertThat(files).containsEntry("manifest.yaml", manifest());
            assertThat(files.toString()).contains("sluice connector replay").doesNotContain(CANARY);
        }
    }

    @Test
    void aManifestBeginsWithWhatPeopleHave() {
        Reply curl = ok(send(
                "POST",
                "/imports/curl",
                Map.of("command", "curl -H 'Authorization: Bearer " + CANARY + "' https://api.example.org/v1/items")));
        assertThat(curl.get("manifest")).contains("https://api.example.org", "BearerAuthenticator");
        assertThat(curl.text()).doesNotContain(CANARY);
        String document = """
            {"openapi": "3.0.0", "info": {"title": "Shop", "version": "1"}, "servers": [{"url": "https://api.example.org"}],
             "paths": {"/items": {"get": {"operationId": "listItems", "responses": {"200": {"description": "ok", "content":
             {"application/json": {"schema": {"type": "array", "items": {"type": "object"}}}}}}}}}}
            """;
        Reply listed = ok(send("POST", "/imports/openapi", Map.of("document", document)));
        assertThat(listed.text()).contains("listItems", "\"suggested\":true").doesNotContain("\"manifest\"");
        Reply picked =
                ok(send("POST", "/imports/openapi", Map.of("document", document, "operations", List.of("listItems"))));
        assertThat(picked.get("manifest")).contains("type: DeclarativeSource");
        assertThat(send("POST", "/imports/openapi", Map.of("document", "no document"))
                        .status())
                .isEqualTo(400);
    }
}
