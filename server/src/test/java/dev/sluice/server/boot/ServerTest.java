package dev.sluice.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.StoreLocation;
import dev.sluice.testkit.host.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server: from nothing over its API to rows at the destination, and again after a restart. */
class ServerTest {
    private static final int ROWS = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final ConnectorRegistry registry = ConnectorRegistry.ofClassPath(ServerTest.class.getClassLoader());
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    private Server.Options options(String host) {
        return new Server.Options(
                directory.resolve("data"),
                new StoreLocation.Directory(directory.resolve("data")),
                Limits.USUAL,
                host,
                0,
                Map.of());
    }

    private Map<String, @Nullable Object> ask(
            Server server, String method, String path, @Nullable Map<String, ?> body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + "/v1" + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(JsonText.write(body)))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
            return JsonText.object(response.body());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void sync(Server server, String connectionId) {
        Object job = ask(server, "POST", "/jobs", Map.of("connectionId", connectionId, "jobType", "sync"))
                .get("jobId");
        String path = "/jobs/" + job;
        Await.until(
                "the end of the job",
                PATIENCE,
                () -> !List.of("pending", "running")
                        .contains(String.valueOf(ask(server, "GET", path, null).get("status"))));
        assertThat(ask(server, "GET", path, null)).containsEntry("status", "succeeded");
    }

    private long rows() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("lake.sqlite"));
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT count(*) FROM users")) {
            return result.getLong(1);
        }
    }

    @Test
    void fromNothingToRowsAndOnAfterARestart() throws SQLException {
        String connection;
        try (Server server = Server.start(options("127.0.0.1"), registry, Clock.systemUTC())) {
            Map<?, ?> workspace = (Map<?, ?>) Objects.requireNonNull(((List<?>) Objects.requireNonNull(
                            ask(server, "GET", "/workspaces", null).get("data")))
                    .getFirst());
            Object workspaceId = Objects.requireNonNull(workspace.get("workspaceId"));
            Object source = made(server, "source", "sample", workspaceId, Map.of("count", ROWS));
            Object destination = made(
                    server,
                    "destination",
                    "sqlite",
                    workspaceId,
                    Map.of("path", directory.resolve("lake.sqlite").toString()));
            connection = String.valueOf(ask(
                            server,
                            "POST",
                            "/connections",
                            Map.of(
                                    "sourceId",
                                    source,
                                    "destinationId",
                                    destination,
                                    "configurations",
                                    Map.of(
                                            "streams",
                                            List.of(Map.of("name", "users", "syncMode", "full_refresh_overwrite")))))
                    .get("connectionId"));
            sync(server, connection);
            assertThat(rows()).isEqualTo(ROWS);
        }
        try (Server server = Server.start(options("127.0.0.1"), registry, Clock.systemUTC())) {
            sync(server, connection);
            assertThat(rows()).isEqualTo(ROWS);
            assertThat((List<?>) ask(server, "GET", "/workspaces", null).get("data"))
                    .as("the first workspace is made once")
                    .hasSize(1);
        }
    }

    private Object made(Server server, String kind, String type, Object workspaceId, Map<String, ?> more) {
        Map<String, Object> configuration = new HashMap<>(more);
        configuration.put(kind + "Type", type);
        return Objects.requireNonNull(ask(
                        server,
                        "POST",
                        "/" + kind + "s",
                        Map.of("name", type, "workspaceId", workspaceId, "configuration", configuration))
                .get(kind + "Id"));
    }

    @Test
    void doesNotListenWhereOthersCouldComeIn() {
        Server.Options open = new Server.Options(
                directory.resolve("data"),
                new StoreLocation.Directory(directory.resolve("data")),
                Limits.USUAL,
                "0.0.0.0",
                0,
                Map.of("SLUICE_LOGIN", "none"));
        assertThatThrownBy(() -> Server.start(open, registry, Clock.systemUTC()))
                .hasMessageContaining("open to others");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void beyondThisMachineNobodyComesInWithoutALogin() throws IOException, InterruptedException {
        try (Server server = Server.start(options("0.0.0.0"), registry, Clock.systemUTC())) {
            assertThat(server.firstLogin()).isPresent();
            URI address = URI.create(server.address().replace("0.0.0.0", "127.0.0.1") + "/v1/workspaces");
            HttpResponse<String> refused =
                    client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).doesNotContain(server.firstLogin().orElseThrow());
        }
    }
}
