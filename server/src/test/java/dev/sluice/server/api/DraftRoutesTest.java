package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.Grant;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.auth.Role;
import dev.sluice.server.definitions.Builtins;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Dialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Drafts over HTTP: kept for one person, changed from the version that was seen, and made once. */
@ParameterizedClass
@EnumSource(Dialect.class)
class DraftRoutesTest {
    private static final String DRAFTS = "/api/sluice/v1/drafts";
    private static final String CANARY = "canary-93ab";

    private final ApiHouse house;
    private final String editor;

    DraftRoutesTest(Dialect dialect) {
        house = new ApiHouse(new LoginRules(true, false), dialect);
        editor = bearer("editor@example.org", Role.WORKSPACE_EDITOR);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private String bearer(String email, Role role) {
        return "Bearer " + house.token(email, new Grant(role, house.workspace.id()));
    }

    private Reply send(String method, String path, Object body, String... headers) {
        return house.send(method, DRAFTS + path, editor, JsonText.write(body), headers);
    }

    private Reply create(String kind, Map<String, Object> document) {
        Reply reply = send(
                "POST",
                "",
                Map.of(
                        "workspaceId",
                        house.workspace.id().toString(),
                        "kind",
                        kind,
                        "name",
                        "Shop",
                        "document",
                        document));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }

    private static Map<String, Object> actor(ConnectorKind kind, String connector) {
        return Map.of(
                "name",
                connector,
                "definitionId",
                Builtins.id(kind, connector).toString(),
                "configuration",
                Map.of("host", "h", "password", CANARY));
    }

    private static Map<String, Object> whole() {
        Map<String, Object> stream = Map.of(
                "name",
                "notes",
                "syncMode",
                "full_refresh_overwrite",
                "mappers",
                List.of(Map.of(
                        "type",
                        "encryption",
                        "mapperConfiguration",
                        Map.of(
                                "algorithm",
                                "AES",
                                "targetField",
                                "id",
                                "mode",
                                "CBC",
                                "padding",
                                "PKCS5Padding",
                                "key",
                                CANARY))));
        return Map.of(
                "step",
                "configure",
                "source",
                actor(ConnectorKind.SOURCE, "postgres"),
                "destination",
                actor(ConnectorKind.DESTINATION, "lake"),
                "connection",
                Map.of("name", "Shop to lake", "configurations", Map.of("streams", List.of(stream))));
    }

    private Reply submit(Reply draft, Map<String, Object> wish) {
        return send("POST", "/" + draft.get("draftId") + "/submit", wish);
    }

    @Test
    void aChangeNamesTheVersionThatWasSeen() {
        Reply draft = create("connection", Map.of("step", "source"));
        String path = "/" + draft.get("draftId");
        assertThat(draft.headers().firstValue("etag")).hasValue("\"1\"");
        Reply second = send("PUT", path, Map.of("version", 1, "document", Map.of("step", "streams")));
        assertThat(second.object()).containsEntry("version", 2).doesNotContainKey("name");
        assertThat(send("PUT", path, Map.of("version", 1, "document", Map.of())).status())
                .isEqualTo(409);
        assertThat(send("PUT", path, Map.of("document", Map.of())).status()).isEqualTo(428);
        assertThat(send("PUT", path, Map.of("document", Map.of()), "If-Match", "\"1\"")
                        .status())
                .isEqualTo(409);
        assertThat(send("PUT", path, Map.of("document", Map.of()), "If-Match", "x")
                        .status())
                .isEqualTo(400);
        Reply third = send("PUT", path, Map.of("document", Map.of("step", "end")), "If-Match", "\"2\"");
        assertThat(third.headers().firstValue("etag")).hasValue("\"3\"");
        Reply now = house.send("GET", DRAFTS + path, editor, null);
        assertThat(now.object()).containsEntry("document", Map.of("step", "end"));
        assertThat(now.get("expiresAt")).startsWith("2026-03-31T");
        assertThat(house.send("GET", DRAFTS, editor, null).data()).hasSize(1);
        assertThat(house.send("DELETE", DRAFTS + path, editor, null).status()).isEqualTo(204);
        assertThat(house.send("GET", DRAFTS + path, editor, null).status()).isEqualTo(404);
    }

    @Test
    void nobodyElseSeesIt() {
        String path = DRAFTS + "/" + create("connection", whole()).get("draftId");
        String admin = "Bearer " + house.token("admin@example.org", new Grant(Role.INSTANCE_ADMIN, null));
        for (String method : List.of("GET", "PUT", "DELETE", "POST")) {
            Reply reply = house.send(
                    method,
                    method.equals("POST") ? path + "/submit" : path,
                    admin,
                    method.equals("GET") || method.equals("DELETE") ? null : "{\"version\":1,\"document\":{}}");
            assertThat(reply.status()).as(method).isEqualTo(404);
        }
        assertThat(house.send("GET", DRAFTS, admin, null).data()).isEmpty();
        String elsewhere = house.other.id().toString();
        assertThat(send("POST", "", Map.of("workspaceId", elsewhere, "kind", "source", "document", Map.of()))
                        .status())
                .isEqualTo(403);
        assertThat(house.answers).noneMatch(answer -> answer.contains(CANARY));
    }

    @Test
    void whatIsSubmittedIsMadeOnce() throws Exception {
        Reply draft = create("connection", whole());
        String sourceId = submit(draft, Map.of("part", "source")).get("sourceId");
        assertThat(submit(draft, Map.of("part", "source")).get("sourceId")).isEqualTo(sourceId);
        Reply source = house.send("GET", ApiHouse.BASE + "/sources/" + sourceId, editor, null);
        assertThat(source.text()).contains("\"password\":\"**********\"").doesNotContain(CANARY);
        assertThat(submit(draft, Map.of()).status())
                .as("there is no destination yet")
                .isEqualTo(400);
        submit(draft, Map.of("part", "destination"));

        List<Callable<Reply>> clicks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clicks.add(() -> submit(draft, Map.of("startSync", true)));
        }
        Set<Object> made = new HashSet<>();
        try (ExecutorService people = Executors.newFixedThreadPool(clicks.size())) {
            for (Future<Reply> reply : people.invokeAll(clicks)) {
                assertThat(reply.get().status()).as(reply.get().text()).isEqualTo(200);
                made.add(reply.get().object());
            }
        }
        assertThat(made).as("all get the same ids").hasSize(1);
        assertThat(list("connections")).hasSize(1);
        assertThat(list("sources")).hasSize(1);
        assertThat(list("jobs")).hasSize(1);
        String connection = list("connections").getFirst().get("connectionId") + "";
        assertThat(made.toString()).contains(connection, sourceId, "jobId");
        Reply shown = house.send("GET", ApiHouse.BASE + "/connections/" + connection, editor, null);
        assertThat(shown.text())
                .contains("\"key\":\"**********\"", "Shop to lake")
                .doesNotContain(CANARY);
        assertThat(house.send("GET", DRAFTS, editor, null).data()).isEmpty();
        Reply late = send("PUT", "/" + draft.get("draftId"), Map.of("version", 1, "document", Map.of()));
        assertThat(late.get("data")).contains("E_DRAFT_SUBMITTED");
    }

    private List<Map<String, @Nullable Object>> list(String what) {
        return house.send("GET", ApiHouse.BASE + "/" + what, editor, null).data();
    }

    @Test
    void itTakesTheSameRightsAsWithoutADraft() {
        String sources = bearer("sources@example.org", Role.WORKSPACE_SOURCE_EDITOR);
        Reply draft = house.send(
                "POST",
                DRAFTS,
                sources,
                JsonText.write(Map.of(
                        "workspaceId", house.workspace.id().toString(), "kind", "connection", "document", whole())));
        String path = DRAFTS + "/" + draft.get("draftId") + "/submit";
        assertThat(house.send("POST", path, sources, "{\"part\":\"source\"}").status())
                .isEqualTo(200);
        assertThat(house.send("POST", path, sources, "{\"part\":\"destination\"}")
                        .status())
                .isEqualTo(403);
        assertThat(house.send("POST", path, sources, "{}").status()).isEqualTo(403);
    }

    @Test
    void whatIsNotRightMakesNothing() {
        Reply empty = create("connection", Map.of("source", Map.of("name", "x")));
        assertThat(submit(empty, Map.of()).status()).isEqualTo(422);
        assertThat(submit(empty, Map.of("part", "source")).text()).contains("configuration");
        Reply strange = create("builder", Map.of());
        assertThat(submit(strange, Map.of()).status()).isEqualTo(400);
        String elsewhere = house.send(
                        "POST",
                        ApiHouse.BASE + "/sources",
                        "Bearer " + house.token("x@example.org", new Grant(Role.WORKSPACE_ADMIN, house.other.id())),
                        JsonText.write(Map.of(
                                "workspaceId",
                                house.other.id().toString(),
                                "name",
                                "n",
                                "configuration",
                                Map.of("sourceType", "postgres", "host", "h"))))
                .get("sourceId");
        Reply foreign = create(
                "connection",
                Map.of(
                        "source",
                        Map.of("sourceId", elsewhere),
                        "destination",
                        actor(ConnectorKind.DESTINATION, "lake"),
                        "connection",
                        Map.of()));
        submit(foreign, Map.of("part", "destination"));
        assertThat(submit(foreign, Map.of()).status()).isEqualTo(404);
        assertThat(list("connections")).isEmpty();
        assertThat(send(
                                "POST",
                                "",
                                Map.of(
                                        "workspaceId",
                                        house.workspace.id().toString(),
                                        "kind",
                                        "Not a word",
                                        "document",
                                        Map.of()))
                        .status())
                .isEqualTo(400);
    }
}
