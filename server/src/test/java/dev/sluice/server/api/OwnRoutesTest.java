package dev.sluice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.run.StreamStatus;
import dev.sluice.engine.state.StreamState;
import dev.sluice.server.Rooms;
import dev.sluice.server.Working;
import dev.sluice.server.api.ApiHouse.Reply;
import dev.sluice.server.auth.Grant;
import dev.sluice.server.auth.LoginRules;
import dev.sluice.server.auth.Role;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.states.StreamStates;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.timeline.Recorder;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.Position;
import dev.sluice.testkit.host.Await;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our own API: jobs in full, logs, statuses, states; and what is followed live. */
class OwnRoutesTest {
    private static final String OWN = "/api/sluice/v1";
    private static final StreamId ORDERS = StreamId.of("public", "orders");

    private final ApiHouse house = new ApiHouse(LoginRules.NONE);
    private final Rooms rooms = new Rooms(house.store);
    private final Connection connection = rooms.connection(
            rooms.actor(house.workspace, ConnectorKind.SOURCE, "Shop"),
            rooms.actor(house.workspace, ConnectorKind.DESTINATION, "Lake"),
            "Shop to lake");
    private final String base = OWN + "/connections/" + connection.id();
    private final Semaphore lines = new Semaphore(0);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Working working =
            new Working(house.store, this::attempt, Clock.systemUTC(), List.of(new Recorder(Clock.systemUTC())));

    @AfterEach
    void close() {
        end.countDown();
        lines.release(99);
        working.close();
        house.close();
    }

    /** Says a line for each permit, and ends when it is told. */
    private AttemptResult attempt(RunningJob job) {
        job.watch(() -> List.of(numbers(StreamStatus.RUNNING)));
        try {
            int said = 0;
            while (end.getCount() > 0 || lines.availablePermits() > 0) {
                if (lines.tryAcquire(20, TimeUnit.MILLISECONDS)) {
                    job.log()
                            .add(
                                    said % 2 == 0 ? System.Logger.Level.INFO : System.Logger.Level.ERROR,
                                    "source",
                                    "line " + said++);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return AttemptResult.succeeded(List.of(numbers(StreamStatus.COMPLETE)));
    }

    private static AttemptStream numbers(StreamStatus status) {
        return new AttemptStream(ORDERS, status, new AttemptStream.Counts(50, 500, 40, 5, 1, 0, 100), null, Json.EMPTY);
    }

    private Reply get(String path) {
        Reply reply = house.send("GET", path, null, null);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply;
    }

    private HttpResponse<Stream<String>> follow(HttpClient client, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(house.uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
    }

    private static String field(Iterator<String> events, String name) {
        while (events.hasNext()) {
            String line = events.next();
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        throw new AssertionError("no " + name + " follows");
    }

    private static String messages(String data) {
        List<String> messages = new ArrayList<>();
        if (JsonText.object(data).get("lines") instanceof List<?> list) {
            list.forEach(
                    line -> messages.add(String.valueOf(JsonText.members(line).get("message"))));
        }
        return String.join(",", messages);
    }

    @Test
    void aLogIsFollowedToTheEndAndGoesOnWhereSomebodyStopped() throws IOException, InterruptedException {
        lines.release(2);
        Job job = working.add(connection, JobKind.SYNC);
        String path = OWN + "/jobs/" + job.id() + "/logs/live";
        String last;
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> response = follow(client, path);
            assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream;charset=utf-8");
            try (var body = response.body()) {
                Iterator<String> events = body.iterator();
                StringBuilder seen = new StringBuilder();
                do {
                    last = field(events, "id");
                    seen.append(messages(field(events, "data"))).append(',');
                } while (!seen.toString().contains("line 1"));
                assertThat(seen).hasToString("line 0,line 1,");
            }
            lines.release();
            end.countDown();
            working.ended(job);
            try (var body = follow(client, path, "Last-Event-ID", last).body()) {
                Iterator<String> events = body.iterator();
                assertThat(messages(field(events, "data"))).isEqualTo("line 2");
                assertThat(field(events, "event")).isEqualTo("end");
                assertThat(field(events, "data")).contains("succeeded");
                assertThat(events.next()).isEmpty();
                assertThat(events.hasNext()).as("it is over").isFalse();
            }
        }
        Reply errors = get(OWN + "/jobs/" + job.id() + "/logs?level=ERROR");
        assertThat(errors.text()).contains("line 1").doesNotContain("line 0");
        assertThat(get(OWN + "/jobs/" + job.id() + "/logs?from=-1").text())
                .contains("line 2", "\"number\":2")
                .doesNotContain("line 1");
        assertThat(get(OWN + "/jobs/" + job.id() + "/logs?limit=1").object()).containsEntry("next", 1);
        assertThat(get(OWN + "/jobs/" + job.id() + "/logs/download?text=LINE").text())
                .contains("INFO source: line 0")
                .hasLineCount(3);
    }

    @Test
    void whoDoesNotReadKeepsNobodyWaiting() throws IOException, InterruptedException {
        lines.release(1);
        Job job = working.add(connection, JobKind.SYNC);
        try (HttpClient client = HttpClient.newHttpClient();
                var body =
                        follow(client, OWN + "/jobs/" + job.id() + "/logs/live").body();
                var workspace = follow(client, OWN + "/workspaces/" + house.workspace.id() + "/live")
                        .body()) {
            assertThat(body).isNotNull();
            assertThat(workspace).isNotNull();
            lines.release(5_000);
            end.countDown();
            assertThat(working.ended(job).totals().records()).isEqualTo(40);
        }
    }

    @Test
    void aWorkspaceIsFollowed() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient();
                var body = follow(client, OWN + "/workspaces/" + house.workspace.id() + "/live")
                        .body()) {
            Iterator<String> events = body.iterator();
            assertThat(events.next()).isEqualTo("retry: 1000");
            end.countDown();
            Job job = working.add(connection, JobKind.SYNC);
            List<String> types = new ArrayList<>();
            String data;
            do {
                types.add(field(events, "event"));
                data = field(events, "data");
            } while (!data.contains("\"status\":\"synced\""));
            assertThat(types).contains("job", "connection");
            assertThat(data).contains(connection.id().toString());
            assertThat(working.ended(job).status().isEnd()).isTrue();
        }
    }

    @Test
    void aJobShowsItsAttemptsAndHowFarItIs() {
        house.store.change(transaction -> new Connections(TestStore.CLOCK)
                .saveStreams(
                        transaction,
                        connection,
                        List.of(new ConnectionStream(ORDERS, true, "full_refresh_append", Json.EMPTY))));
        Job job = working.add(connection, JobKind.SYNC);
        String path = OWN + "/jobs/" + job.id();
        Await.until("numbers", () -> get(path).text().contains("\"percent\":46"));
        assertThat(get(base + "/status").text()).contains("\"status\":\"running\"", "\"status\":\"syncing\"");
        end.countDown();
        working.ended(job);
        assertThat(get(path).text()).contains("\"recordsCommitted\":40").doesNotContain("percent");
        assertThat(get(path + "/streams").data())
                .singleElement()
                .satisfies(stream ->
                        assertThat(stream).containsEntry("recordsRejected", 1).containsEntry("status", "complete"));
        assertThat(get(base + "/status").object()).containsEntry("status", "synced");
        assertThat(get(base + "/timeline?types=sync_succeeded").data()).hasSize(1);
        assertThat(house.send("GET", base + "/timeline?types=nonsense", null, null)
                        .status())
                .isEqualTo(400);
        assertThat(house.send("GET", path + "/streams?attempt=7", null, null).status())
                .isEqualTo(404);
    }

    @Test
    void aStateIsEditedOnlyAsItWasSeenAndOnlyWhileNothingRuns() {
        StreamState state = new StreamState(ORDERS, "s", 3, 17, new Position("table 7", "{\"id\":9}"), null, null);
        house.store.change(transaction -> new StreamStates(connection.id()).save(transaction, state));
        Map<String, ?> shown = get(base + "/state").data().getFirst();
        Map<String, Object> edit = new HashMap<>(Map.of(
                "namespace", "public", "name", "orders", "seen", String.valueOf(shown.get("seen")), "position", "{"));
        assertThat(put(edit).status()).as("no JSON").isEqualTo(400);
        edit.put("position", "{\"id\":4}");
        Reply done = put(edit);
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.text()).contains("\"identity\":\"table 7\"", "{\\\"id\\\":4}");
        assertThat(put(edit).status()).as("seen before that").isEqualTo(409);
        edit.put("seen", done.get("seen"));
        edit.remove("position");
        working.add(connection, JobKind.SYNC);
        assertThat(put(edit).status()).as("while it runs").isEqualTo(409);
        assertThat(get(base + "/timeline?types=STATE_EDITED").data())
                .singleElement()
                .satisfies(event -> assertThat(String.valueOf(event)).contains("to={\"id\":4}", "user=local"));
    }

    @Test
    void messagesAreSetUpAndTheirAddressesAreCheckedAndHidden() {
        String path = OWN + "/workspaces/" + house.workspace.id() + "/notifications";
        String hook = "https://hooks.example.org/T0/canary-8a";
        Map<String, Object> failure = Map.of("webhook", Map.of("enabled", true, "url", hook));
        Map<String, Object> edit = Map.of("email", "team@example.org", "occasions", Map.of("failure", failure));
        assertThat(house.send("PUT", path, null, JsonText.write(edit)).status()).isEqualTo(200);
        assertThat(get(path).text()).contains("canary-8a", "team@example.org", "\"isSigned\":false");
        for (String wrong : List.of(
                "{\"occasions\":{\"weather\":{}}}",
                "{\"occasions\":{\"failure\":{\"webhook\":{\"enabled\":true}}}}",
                "{\"occasions\":{\"failure\":{\"webhook\":{\"url\":\"file:///etc/passwd\"}}}}")) {
            assertThat(house.send("PUT", path, null, wrong).status()).as(wrong).isEqualTo(400);
        }
        Reply tested = house.send(
                "POST",
                path + "/test",
                null,
                "{\"channel\":\"webhook\",\"url\":\"http://169.254.169.254/latest/meta-data\"}");
        assertThat(tested.text()).contains("\"delivered\":false", "E_URL");
        assertThat(house.send("POST", path + "/signing_key", null, null).get("signingKey"))
                .startsWith("slu_sign_");
        assertThat(get(path).text()).contains("\"isSigned\":true").doesNotContain("slu_sign_");
        assertThat(get(path + "/deliveries").data()).isEmpty();
    }

    @Test
    void connectionsAreFoundByWordsAndStatusAndCounted() {
        rooms.connection(
                rooms.actor(house.workspace, ConnectorKind.SOURCE, "Books"),
                rooms.actor(house.workspace, ConnectorKind.DESTINATION, "Cellar"),
                "Nightly");
        String path = OWN + "/workspaces/" + house.workspace.id() + "/connections";

        assertThat(get(path + "?orderBy=name").data())
                .extracting(each -> each.get("name"))
                .containsExactly("Nightly", "Shop to lake");
        assertThat(get(path + "?text=cell").data())
                .singleElement()
                .satisfies(each -> assertThat(each)
                        .containsEntry("sourceName", "Books")
                        .containsEntry("destinationName", "Cellar")
                        .containsEntry("status", "not_synced"));
        assertThat(get(path + "?status=failed").data()).isEmpty();
        assertThat(get(path + "/counts?text=shop").text()).contains("\"all\":1", "\"not_synced\":1");
        assertThat(house.send("GET", path + "?status=odd", null, null).status()).isEqualTo(400);
    }

    @Test
    void onlyWhoMayChangeMessagesSeesTheirAddressesWhole() {
        try (ApiHouse shared = new ApiHouse(new LoginRules(true, false))) {
            String admin = "Bearer "
                    + shared.token("admin@example.org", new Grant(Role.WORKSPACE_ADMIN, shared.workspace.id()));
            String reader = "Bearer "
                    + shared.token("reader@example.org", new Grant(Role.WORKSPACE_READER, shared.workspace.id()));
            String open = ApiHouse.BASE + "/workspaces/" + shared.workspace.id();
            String hook = "{\"notifications\":{\"failure\":{\"webhook\":{\"enabled\":true,"
                    + "\"url\":\"https://hooks.example.org/T0/canary-8a\"}}}}";
            assertThat(shared.send("PATCH", open, admin, hook).text()).contains("canary-8a");
            for (String path : List.of(
                    open,
                    ApiHouse.BASE + "/workspaces",
                    OWN + "/workspaces/" + shared.workspace.id() + "/notifications")) {
                assertThat(shared.send("GET", path, admin, null).text()).contains("canary-8a");
                assertThat(shared.send("GET", path, reader, null).text())
                        .contains("hooks.example.org")
                        .doesNotContain("canary-8a");
            }
        }
    }

    @Test
    void theServerSaysHowItIsAndGivesItsBundleToWhoMayDoEverything() {
        assertThat(get(OWN + "/health").text()).contains("up");
        assertThat(get(OWN + "/ready").text()).contains("ready");
        assertThat(get("/metrics").text()).contains("sluice_store_up 1.0");
        assertThat(get(OWN + "/diagnostics").headers().firstValue("content-disposition"))
                .hasValue("attachment; filename=\"sluice-diagnostics.zip\"");
        try (ApiHouse shared = new ApiHouse(new LoginRules(true, false))) {
            Grant admin = new Grant(Role.WORKSPACE_ADMIN, shared.workspace.id());
            String somebody = "Bearer " + shared.token("admin@example.org", admin);
            assertThat(shared.send("GET", OWN + "/diagnostics", somebody, null).status())
                    .isEqualTo(403);
            assertThat(shared.send("GET", "/metrics", null, null).status()).isEqualTo(401);
        }
    }

    private Reply put(Map<String, Object> edit) {
        return house.send("PUT", base + "/state", null, JsonText.write(edit));
    }
}
