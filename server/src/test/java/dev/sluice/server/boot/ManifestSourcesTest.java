package dev.sluice.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.server.definitions.Manifests;
import dev.sluice.server.json.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
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

    @TempDir
    static Path directory;

    private AskedServer server;
    private HttpServer service;

    @BeforeAll
    void begin() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/token", this::token);
        service.createContext("/people", this::people);
        service.start();
        server = new AskedServer(directory, Map.of("SHOP_SECRET", "canary-secret-71"));
    }

    @AfterAll
    void end() {
        server.close();
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

    private String declared() {
        return "/v1/workspaces/" + server.workspace + "/definitions/declarative_sources";
    }

    private String definition(String name) {
        return String.valueOf(
                server.ask("POST", declared(), Map.of("name", name, "manifest", Manifests.parse(name, MANIFEST)))
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
        return String.valueOf(server.ask(
                        "POST",
                        "/v1/sources",
                        Map.of(
                                "name",
                                name,
                                "workspaceId",
                                server.workspace,
                                "definitionId",
                                definitionId,
                                "configuration",
                                configuration))
                .get("sourceId"));
    }

    @Test
    void aManifestIsSyncedRefreshedAndClearedAndItsTokensAreKept() throws SQLException {
        String definition = definition("Shop API");
        String source = source("shop", definition);
        assertThat(server.ask("POST", "/api/v1/sources/check_connection", Map.of("sourceId", source)))
                .containsEntry("status", "succeeded");
        assertThat(tokens).as("the check has used up the first token").hasValue(1);
        String connection = server.connection(source, "lake", "incremental_deduped_history");
        server.run(connection, "sync");
        assertThat(server.ids("lake")).containsExactly(1, 2);
        assertThat(server.ask("GET", "/api/sluice/v1/connections/" + connection + "/state", null)
                        .toString())
                .contains("2024-03-01");
        seen.clear();
        server.run(connection, "sync");
        assertThat(server.ids("lake")).containsExactly(1, 2, 3);
        assertThat(seen).as("goes on at its state").allMatch(query -> query.contains("from=2024-03-01"));
        server.run(connection, "refresh");
        assertThat(server.ids("lake")).containsExactly(1, 2);
        server.run(connection, "clear");
        assertThat(server.ids("lake")).isEmpty();
        assertThat(seen).doesNotContain("refused");
        assertThat(tokens)
                .as("each run has logged in with what the one before left")
                .hasValueGreaterThan(2);
        Map<String, @Nullable Object> shown = JsonText.members(
                server.ask("GET", "/v1/sources/" + source, null).get("configuration"));
        assertThat(shown)
                .as("the variable is still one, and what the connector added is kept as a secret")
                .containsEntry("client_secret", "${SHOP_SECRET}")
                .containsEntry("refresh_token", "**********")
                .containsEntry("access_token", "**********");
        // What came with masks goes back with masks.
        server.ask("PUT", "/v1/sources/" + source, Map.of("name", "shop", "configuration", shown));
        server.run(connection, "sync");
        assertThat(server.ids("lake")).containsExactly(1, 2);
    }

    @Test
    void aNewVersionOfAManifestIsUsedByItsSources() throws SQLException, IOException {
        String definition = definition("Changing API");
        String source = source("changing", definition);
        String connection = server.connection(source, "changed", "incremental_deduped_history");
        server.run(connection, "sync");
        String other = MANIFEST.replace("start_datetime: \"2024-01-01\"", "start_datetime: \"2024-02-15\"");
        assertThat(server.ask(
                        "PUT",
                        declared() + "/" + definition,
                        Map.of("manifest", Manifests.parse("Changing API", other))))
                .containsEntry("version", 2);
        assertThat(AskedServer.data(server.ask(
                        "GET", "/v1/connector_definitions?type=source&workspaceId=" + server.workspace, null)))
                .anySatisfy(
                        each -> assertThat(each).containsEntry("id", definition).containsEntry("version", "2"));
        server.run(connection, "refresh");
        assertThat(server.ids("changed")).containsExactly(2, 3);
        assertThat(Files.readAllBytes(directory.resolve("data").resolve("store.db")))
                .as("no token lies in the store as it is")
                .satisfies(bytes -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                        .doesNotContain("canary"));
    }

    @Test
    void aManifestThatCannotBeUsedIsRefusedWithThePlaceOfItsMistake() {
        Map<String, @Nullable Object> broken =
                Manifests.parse("x", MANIFEST.replace("type: SimpleRetriever", "type: Nothing"));
        HttpResponse<String> refused = server.send("POST", declared(), Map.of("name", "x", "manifest", broken));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("E_MANIFEST").contains("streams").contains("Nothing");
    }
}
