package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.alerts.AlertKeeper;
import dev.sluice.server.alerts.AlertState;
import dev.sluice.server.alerts.Alerts;
import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.Access;
import dev.sluice.server.auth.Applications;
import dev.sluice.server.auth.Grant;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.auth.Role;
import dev.sluice.server.definitions.Builtins;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.FailureRow;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.TestStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Walks every route without, with foreign and with too weak credentials; and looks for secrets in all that is said. */
class AccessWalkTest {
    private static final String CANARY = "canary-7d1c";

    private final ApiHouse house = new ApiHouse(new LoginRules(true, false));
    private final String workspace = house.workspace.id().toString();
    private final String admin = bearer("admin@example.org", new Grant(Role.INSTANCE_ADMIN, null));
    private String job = "";
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord record) {
            log.add(record.getMessage() + record.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    AccessWalkTest() {
        Logger.getLogger("").addHandler(listening);
        ids.put("workspaceId", workspace);
        ids.put("sourceId", made("sources", actor()).get("sourceId"));
        ids.put("destinationId", made("destinations", actor()).get("destinationId"));
        ids.put("tagId", made("tags", body("TagCreateRequest")).get("tagId"));
        ids.put(
                "connectionId",
                made("connections", body("ConnectionCreateRequest")).get("connectionId"));
        ids.put("definitionId", ids.get("workspaceId"));
        ids.put("organizationId", house.workspace.organizationId().toString());
        Map<String, Object> permission = Map.of(
                "permissionType",
                "workspace_reader",
                "userId",
                house.account("reader@example.org", null).id().toString(),
                "workspaceId",
                workspace);
        ids.put("permissionId", made("permissions", permission).get("permissionId"));
        job = made("jobs", body("JobCreateRequest")).get("jobId");
        String projects = "/api/sluice/v1/builder/projects";
        Reply project = house.send("POST", projects, admin, JsonText.write(body("BuilderProjectCreate")));
        assertThat(project.status()).as(project.text()).isEqualTo(200);
        ids.put("projectId", project.get("projectId"));
        String tests = projects + "/" + project.get("projectId") + "/tests";
        ids.put(
                "testId",
                house.send("POST", tests, admin, "{\"stream\": \"n\"}").get("testId"));
        ids.put("alertId", alert().toString());
    }

    /** One of the connection, as if it had been switched off. */
    private UUID alert() {
        Alerts alerts = new Alerts(TestStore.CLOCK);
        return house.store.compute(transaction -> {
            Job found = new Jobs(TestStore.CLOCK, List.of())
                    .find(transaction, Long.parseLong(job))
                    .orElseThrow();
            new AlertKeeper(TestStore.CLOCK)
                    .disabled(transaction, found, new FailureRow(21, TestStore.CLOCK.instant()));
            return alerts.list(transaction, house.workspace.id(), AlertState.OPEN, Page.first(1))
                    .getFirst()
                    .id();
        });
    }

    @AfterEach
    void close() {
        Logger.getLogger("").removeHandler(listening);
        house.close();
    }

    private String bearer(String email, @Nullable Grant grant) {
        return "Bearer " + house.token(email, grant);
    }

    private Reply made(String what, Map<String, Object> body) {
        Reply reply = house.send("POST", ApiHouse.BASE + "/" + what, admin, JsonText.write(body));
        assertThat(reply.status()).as(what + ": " + reply.text()).isEqualTo(200);
        return reply;
    }

    private Map<String, Object> actor() {
        Map<String, Object> configuration =
                Map.of("sourceType", "postgres", "destinationType", "lake", "host", "h", "password", CANARY);
        return Map.of("name", "Shop", "workspaceId", workspace, "configuration", configuration);
    }

    /** A content that fits a shape. */
    private Map<String, Object> body(String shape) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of(
                "name", "n",
                "color", "3366FF",
                "workspaceId", workspace,
                "configuration", Map.of("host", "h"),
                "dockerRepository", "r",
                "dockerImageTag", "t",
                "manifest", Map.of()));
        body.put("sourceId", ids.get("sourceId"));
        body.put("destinationId", ids.get("destinationId"));
        body.put("connectionId", ids.get("connectionId"));
        body.put("jobType", "sync");
        body.put("permissionType", "workspace_admin");
        body.put("userId", UUID.randomUUID().toString());
        body.put("redirectUrl", "https://example.org");
        body.put("actorType", "source");
        body.put("tables", List.of());
        body.put("email", "nobody@example.org");
        body.put("password", CANARY + " and more");
        body.put("old", CANARY);
        body.put("new", CANARY + " and more");
        body.put("token", CANARY);
        body.put("client_id", "x");
        body.put("client_secret", CANARY);
        if (!job.isEmpty()) {
            body.put("id", Long.parseLong(job));
        }
        body.put(
                "sourceDefinitionId",
                Builtins.id(ConnectorKind.SOURCE, "postgres").toString());
        body.put(
                "destinationDefinitionId",
                Builtins.id(ConnectorKind.DESTINATION, "lake").toString());
        body.put("connectionConfiguration", Map.of("host", "h"));
        body.put("kind", "connection");
        body.put("document", Map.of("source", Map.of("configuration", Map.of("password", CANARY))));
        if (shape.startsWith("Builder")) {
            body.put("manifest", "nothing: yet");
            body.put("command", "curl https://api.example.org/v1/items");
            body.put(
                    "document",
                    "{\"openapi\": \"3.0.0\", \"servers\": [{\"url\": \"https://api.example.org\"}], \"paths\": {}}");
            body.put("stream", "n");
            body.put("note", "n");
            body.put("revision", 1);
            body.put("values", Map.of("password", CANARY));
        }
        if (shape.equals("AccountRequest")) {
            body.put("organizationId", ids.get("organizationId"));
        }
        if (shape.endsWith("PatchRequest")) {
            body.remove("configuration");
        }
        return body;
    }

    private Reply walk(Router.Entry entry, @Nullable String authorization) {
        Route route = entry.route();
        String path = entry.prefix() + route.path();
        for (Map.Entry<String, String> id : ids.entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue());
        }
        path = path.replaceAll(
                        "\\{(application|token|user|draft)Id}",
                        UUID.randomUUID().toString())
                .replace("{jobId}", job);
        path = path.replace("{actorType}", "source").replace("{name}", "n").replace("{version}", "1");
        path += switch (route.path()) {
            case "/streams" -> "?sourceId=" + ids.get("sourceId");
            case "/users" -> "?organizationId=" + ids.get("organizationId");
            case "/connector_definitions" -> "?type=source";
            case "/builder/projects" -> "?workspaceId=" + workspace;
            default -> "";
        };
        String shape = route.takes();
        return house.ask(route.method(), path, authorization, shape == null ? null : JsonText.write(body(shape)));
    }

    @Test
    void whoIsNobodyGetsNothing() {
        int walked = 0;
        for (Router.Entry entry : house.router.entries()) {
            for (String shown : new String[] {null, "Bearer " + CANARY, "Basic " + CANARY}) {
                Reply reply = walk(entry, shown);
                if (entry.route().need() instanceof Route.Need.Nothing) {
                    assertThat(reply.status()).as(entry.route().name()).isIn(200, 400, 401, 404, 429);
                } else {
                    assertThat(reply.status()).as(entry.route().name()).isEqualTo(401);
                    walked++;
                }
            }
        }
        assertThat(walked).isGreaterThan(200);
        assertNothingHasChanged();
    }

    @Test
    void whoIsSomebodyElsewhereSeesNothingHere() {
        List<String> foreign = List.of(
                bearer("foreign@example.org", new Grant(Role.WORKSPACE_ADMIN, house.other.id())),
                bearer("boss@example.org", new Grant(Role.ORGANIZATION_ADMIN, house.other.organizationId())),
                bearer("new@example.org", null));
        for (Router.Entry entry : house.router.entries()) {
            for (String authorization : foreign) {
                Reply reply = walk(entry, authorization);
                String name = entry.route().name();
                switch (entry.route().need()) {
                    case Route.Need.Nothing() -> {}
                    case Route.Need.In(var access, var place) ->
                        assertThat(reply.status()).as(name).isEqualTo(403);
                    case Route.Need.Over(var access, var territory) ->
                        assertThat(reply.status()).as(name).isEqualTo(403);
                    case Route.Need.Login() -> {
                        // Lists are of their own workspaces, and what they make is theirs.
                        assertThat(reply.text()).as(name).doesNotContain("Team");
                        ids.values()
                                .forEach(id -> assertThat(reply.text()).as(name).doesNotContain(id));
                        assertThat(reply.status()).as(name).isIn(200, 204, 403, 404, 429);
                    }
                }
            }
        }
        for (String list : List.of("sources", "destinations", "connections", "workspaces", "tags")) {
            Reply reply = house.send(
                    "GET", ApiHouse.BASE + "/" + list + "?workspaceIds=" + workspace, foreign.getFirst(), null);
            assertThat(reply.status()).as(list).isEqualTo(403);
        }
        assertNothingHasChanged();
    }

    @Test
    void whoMayOnlyLookChangesNothing() {
        Map<Role, List<Access>> weak = new LinkedHashMap<>();
        weak.put(Role.WORKSPACE_READER, List.of(Access.READ));
        weak.put(Role.WORKSPACE_RUNNER, List.of(Access.READ, Access.RUN));
        weak.put(Role.WORKSPACE_SOURCE_EDITOR, List.of(Access.READ, Access.RUN, Access.EDIT_SOURCES));
        weak.forEach((role, allowed) -> {
            String authorization = bearer(role + "@example.org", new Grant(role, house.workspace.id()));
            for (Router.Entry entry : house.router.entries()) {
                if (entry.route().need() instanceof Route.Need.Over) {
                    assertThat(walk(entry, authorization).status())
                            .as(role + " " + entry.route().name())
                            .isEqualTo(403);
                }
                if (entry.route().need() instanceof Route.Need.In(var access, var place)) {
                    if (!allowed.contains(access)) {
                        assertThat(walk(entry, authorization).status())
                                .as(role + " " + entry.route().name())
                                .isEqualTo(403);
                    } else if (access == Access.READ && !entry.route().path().contains("{definitionId}")) {
                        assertThat(walk(entry, authorization).status())
                                .as(role + " " + entry.route().name())
                                .isEqualTo(200);
                    }
                }
            }
            Reply coordinates = house.send(
                    "GET",
                    ApiHouse.BASE + "/destinations/" + ids.get("destinationId") + "?includeSecretCoordinates=true",
                    authorization,
                    null);
            assertThat(coordinates.text()).contains("**********").doesNotContain("secret_coordinate");
        });
        assertNothingHasChanged();
    }

    private void assertNothingHasChanged() {
        for (String list : List.of("sources", "destinations", "connections", "tags")) {
            Reply reply = house.send("GET", ApiHouse.BASE + "/" + list + "?workspaceIds=" + workspace, admin, null);
            assertThat(reply.data()).as(list).hasSize(1);
        }
        assertThat(house.answers).noneMatch(answer -> answer.contains(CANARY));
        assertThat(log).noneMatch(line -> line.contains(CANARY));
        List<String> audit = house.store.read(transaction -> transaction.all(
                row -> row.text("account_name")
                        + row.text("operation")
                        + row.textOrNull("object_id")
                        + row.text("agent")
                        + row.json("detail").text(),
                "SELECT * FROM audit_log"));
        assertThat(audit).isNotEmpty().noneMatch(entry -> entry.contains(CANARY));
    }

    @Test
    void anApplicationActsForItsAccount() {
        Applications.Made made = house.application(
                house.account("robot@example.org", new Grant(Role.WORKSPACE_READER, house.workspace.id())));
        String login = JsonText.write(
                Map.of("client_id", made.application().clientId(), "client_secret", made.secret(), "grant-type", "x"));
        Reply token = house.send("POST", "/applications/token", null, login);
        String authorization = "Bearer " + token.get("access_token");
        assertThat(house.send("GET", "/v1/sources", authorization, null).data()).hasSize(1);
        Reply list = house.send("GET", ApiHouse.BASE + "/applications", authorization, null);
        assertThat(list.text()).contains(made.application().clientId()).doesNotContain(made.secret());
        Reply fresh = house.send("POST", ApiHouse.BASE + "/applications", authorization, "{\"name\": \"two\"}");
        assertThat(fresh.get("clientSecret")).startsWith("slu_secret_");
        Reply gone = house.send(
                "DELETE", ApiHouse.BASE + "/applications/" + made.application().id(), authorization, null);
        assertThat(gone.status()).isEqualTo(200);
        assertThat(house.send("GET", "/v1/sources", authorization, null).status())
                .isEqualTo(401);
        Reply refused = house.send("POST", "/applications/token", null, login);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.headers().firstValue("www-authenticate")).hasValue("Bearer");
    }

    @Test
    void pagesOfOthersDoNotGetInWhereNobodyLogsIn() {
        try (ApiHouse open = new ApiHouse(LoginRules.NONE)) {
            List<Map<String, String>> headers = new ArrayList<>();
            headers.add(Map.of("host", "evil.example"));
            headers.add(Map.of());
            headers.add(Map.of("host", "127.0.0.1:8000", "origin", "http://evil.example"));
            headers.add(Map.of("host", "127.0.0.1:8000", "origin", "null"));
            headers.add(Map.of("host", "127.0.0.1.evil.example"));
            headers.add(Map.of("host", "localhost", "sec-fetch-site", "cross-site"));
            for (Map<String, String> each : headers) {
                assertThat(open.api.answer(message(each)).status())
                        .as(each.toString())
                        .isEqualTo(403);
            }
            assertThat(open.api
                            .answer(message(Map.of("host", "127.0.0.1:8000", "origin", "http://127.0.0.1:8000")))
                            .status())
                    .isEqualTo(200);
        }
    }

    private static Message message(Map<String, String> headers) {
        return new Message("GET", "/v1/workspaces", Map.of(), headers, "", "127.0.0.1");
    }
}
