package dev.sluice.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.server.definitions.Manifests;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.StoreLocation;
import dev.sluice.testkit.host.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Sources that a manifest describes, on a server, over its API, against a service whose refresh tokens count once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestSourcesTest {
    private static final String MANIFEST = """
        version: 6.0.0
        type: DeclarativeSource
        check: {type: CheckStream, stream_names: [people]}
        streams:
          - type: DeclarativeStream
            name: people
            primary_key: id
            retriever:
              type: SimpleRetriever
              requester:
                type: HttpRequester
                url_base: "{{ config['url'] }}"
                path: people
                authenticator:
                  type: OAuthAuthenticator
                  token_refresh_endpoint: "{{ config['url'] }}/token"
                  client_id: me
                  client_secret: "{{ config['client_secret'] }}"
                  refresh_token: "{{ config['refresh_token'] }}"
                  refresh_token_updater:
                    refresh_token_config_path: [refresh_token]
                    access_token_config_path: [access_token]
                    token_expiry_date_config_path: [token_expiry_date]
              record_selector:
                type: RecordSelector
                extractor: {type: DpathExtractor, field_path: []}
            incremental_sync:
              type: DatetimeBasedCursor
              cursor_field: at
              datetime_format: "%Y-%m-%d"
              start_datetime: "2024-01-01"
              start_time_option: {type: RequestOption, inject_into: request_parameter, field_name: from}
            schema_loader:
              type: InlineSchemaLoader
              schema: {type: object, properties: {id: {type: integer}, at: {type: string, format: date}}}
        spec:
          type: Spec
          connection_specification:
            type: object
            required: [url, client_secret, refresh_token]
            properties:
              url: {type: string}
              client_secret: {type: string, airbyte_secret: true}
              refresh_token: {type: string, airbyte_secret: true}
        """;

    private final AtomicInteger tokens = new AtomicInteger();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final ConnectorRegistry registry =
            ConnectorRegistry.ofClassPath(ManifestSourcesTest.class.getClassLoader());
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    static Path directory;

    private Server server;
    private HttpServer service;
    private String workspace;

    @BeforeAll
    void begin() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/token", this::token);
        service.createContext("/people", this::people);
        service.start();
        Path data = directory.resolve("data");
        server = Server.start(
                new Server.Options(
                        data,
                        new StoreLocation.Directory(data),
                        Limits.USUAL,
                        "127.0.0.1",
                        0,
                        Map.of("SHOP_SECRET", "canary-secret-71")),
                registry,
                Clock.systemUTC());
        workspace = String.valueOf(
                data(ask("GET", "/v1/workspaces", null)).getFirst().get("workspaceId"));
    }

    @AfterAll
    void end() {
        client.close();
        server.close();
        registry.close();
        service.stop(0);
    }

    /** Gives the next token to whoever has the last one, and nothing to anybody else. */
    private void token(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int last = tokens.get();
        boolean isLast = form.contains("refresh_token=canary-r" + last + "&") || form.endsWith("canary-r" + last);
        if (!isLast || !form.contains("client_secret=canary-secret-71")) {
            seen.add("refused");
            answer(exchange, 400, "{\"error\": \"invalid_grant\"}");
            return;
        }
        int next = tokens.incrementAndGet();
        answer(
                exchange,
                200,
                "{\"access_token\": \"canary-a" + next + "\", \"refresh_token\": \"canary-r" + next
                        + "\", \"expires_in\": 1}");
    }

    private void people(HttpExchange exchange) throws IOException {
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
        seen.add(query);
        boolean isKnown = ("Bearer canary-a" + tokens.get())
                .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        answer(
                exchange,
                isKnown ? 200 : 401,
                query.contains("from=2024-01-01")
                        ? "[{\"id\": 1, \"at\": \"2024-02-01\"}, {\"id\": 2, \"at\": \"2024-03-01\"}]"
                        : "[{\"id\": 2, \"at\": \"2024-03-01\"}, {\"id\": 3, \"at\": \"2024-03-02\"}]");
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private HttpResponse<String> send(String method, String path, @Nullable Object body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JsonText.write(body)))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Map<String, @Nullable Object> ask(String method, String path, @Nullable Object body) {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("canary");
        return JsonText.object(response.body());
    }

    private static List<Map<String, @Nullable Object>> data(Map<String, @Nullable Object> list) {
        return ((List<?>) Objects.requireNonNull(list.get("data")))
                .stream().map(JsonText::members).toList();
    }

    private String declared() {
        return "/v1/workspaces/" + workspace + "/definitions/declarative_sources";
    }

    private String definition(String name) {
        return String.valueOf(ask("POST", declared(), Map.of("name", name, "manifest", Manifests.parse(name, MANIFEST)))
                .get("id"));
    }

    private String source(String name, String definitionId) {
        tokens.set(0);
        Map<String, Object> configuration = Map.of(
                "url",
                "http://localhost:" + service.getAddress().getPort(),
                "client_secret",
                "${SHOP_SECRET}",
                "refresh_token",
                "canary-r0");
        return String.valueOf(ask(
                        "POST",
                        "/v1/sources",
                        Map.of(
                                "name",
                                name,
                                "workspaceId",
                                workspace,
                                "definitionId",
                                definitionId,
                                "configuration",
                                configuration))
                .get("sourceId"));
    }

    private String connection(String sourceId, String name) {
        Object destination = ask(
                        "POST",
                        "/v1/destinations",
                        Map.of(
                                "name",
                                name,
                                "workspaceId",
                                workspace,
                                "configuration",
                                Map.of(
                                        "destinationType",
                                        "sqlite",
                                        "path",
                                        directory.resolve(name + ".sqlite").toString())))
                .get("destinationId");
        Map<String, Object> wish = new HashMap<>(Map.of("sourceId", sourceId));
        wish.put("destinationId", destination);
        wish.put(
                "configurations",
                Map.of("streams", List.of(Map.of("name", "people", "syncMode", "incremental_deduped_history"))));
        return String.valueOf(ask("POST", "/v1/connections", wish).get("connectionId"));
    }

    private void run(String connectionId, String kind) {
        Object job = ask("POST", "/api/sluice/v1/connections/" + connectionId + "/runs", Map.of("kind", kind))
                .get("jobId");
        String path = "/v1/jobs/" + job;
        Await.until(
                "the end of the job",
                () -> !List.of("pending", "running")
                        .contains(String.valueOf(ask("GET", path, null).get("status"))));
        String log = send("GET", "/api/sluice/v1/jobs/" + job + "/logs/download", null)
                .body();
        assertThat(ask("GET", path, null)).as(log).containsEntry("status", "succeeded");
        assertThat(log).doesNotContain("canary");
    }

    private List<Integer> ids(String name) throws SQLException {
        List<Integer> ids = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(name + ".sqlite"));
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT id FROM people ORDER BY id")) {
            while (result.next()) {
                ids.add(result.getInt(1));
            }
        }
        return ids;
    }

    @Test
    void aManifestIsSyncedRefreshedAndClearedAndItsTokensAreKept() throws SQLException {
        String definition = definition("Shop API");
        String source = source("shop", definition);
        assertThat(ask("POST", "/api/v1/sources/check_connection", Map.of("sourceId", source)))
                .containsEntry("status", "succeeded");
        assertThat(tokens).as("the check has used up the first token").hasValue(1);
        String connection = connection(source, "lake");
        run(connection, "sync");
        assertThat(ids("lake")).containsExactly(1, 2);
        assertThat(ask("GET", "/api/sluice/v1/connections/" + connection + "/state", null)
                        .toString())
                .contains("2024-03-01");
        seen.clear();
        run(connection, "sync");
        assertThat(ids("lake")).containsExactly(1, 2, 3);
        assertThat(seen).as("goes on at its state").allMatch(query -> query.contains("from=2024-03-01"));
        run(connection, "refresh");
        assertThat(ids("lake")).containsExactly(1, 2);
        run(connection, "clear");
        assertThat(ids("lake")).isEmpty();
        assertThat(seen).doesNotContain("refused");
        assertThat(tokens)
                .as("each run has logged in with what the one before left")
                .hasValueGreaterThan(2);
        Map<String, @Nullable Object> shown =
                JsonText.members(ask("GET", "/v1/sources/" + source, null).get("configuration"));
        assertThat(shown)
                .as("the variable is still one, and what the connector added is kept as a secret")
                .containsEntry("client_secret", "${SHOP_SECRET}")
                .containsEntry("refresh_token", "**********")
                .containsEntry("access_token", "**********");
        // What came with masks goes back with masks.
        ask("PUT", "/v1/sources/" + source, Map.of("name", "shop", "configuration", shown));
        run(connection, "sync");
        assertThat(ids("lake")).containsExactly(1, 2);
    }

    @Test
    void aNewVersionOfAManifestIsUsedByItsSources() throws SQLException, IOException {
        String definition = definition("Changing API");
        String source = source("changing", definition);
        String connection = connection(source, "changed");
        run(connection, "sync");
        String other = MANIFEST.replace("start_datetime: \"2024-01-01\"", "start_datetime: \"2024-02-15\"");
        assertThat(ask(
                        "PUT",
                        declared() + "/" + definition,
                        Map.of("manifest", Manifests.parse("Changing API", other))))
                .containsEntry("version", 2);
        assertThat(data(ask("GET", "/v1/connector_definitions?type=source&workspaceId=" + workspace, null)))
                .anySatisfy(
                        each -> assertThat(each).containsEntry("id", definition).containsEntry("version", "2"));
        run(connection, "refresh");
        assertThat(ids("changed")).containsExactly(2, 3);
        assertThat(Files.readAllBytes(directory.resolve("data").resolve("store.db")))
                .as("no token lies in the store as it is")
                .satisfies(bytes -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                        .doesNotContain("canary"));
    }

    @Test
    void aManifestThatCannotBeUsedIsRefusedWithThePlaceOfItsMistake() {
        Map<String, @Nullable Object> broken =
                Manifests.parse("x", MANIFEST.replace("type: SimpleRetriever", "type: Nothing"));
        HttpResponse<String> refused = send("POST", declared(), Map.of("name", "x", "manifest", broken));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("E_MANIFEST").contains("streams").contains("Nothing");
    }
}
