package dev.sluice.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A whole server in a folder, on which nobody logs in, and somebody who asks it. No answer of it ever holds a canary. */
final class AskedServer implements AutoCloseable {
    final String workspace;
    private final Path directory;
    private final ConnectorRegistry registry = ConnectorRegistry.ofClassPath(AskedServer.class.getClassLoader());
    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server;

    AskedServer(Path directory, Map<String, String> environment) {
        this.directory = directory;
        Path data = directory.resolve("data");
        server = Server.start(
                new Server.Options(data, new StoreLocation.Directory(data), Limits.USUAL, "127.0.0.1", 0, environment),
                registry,
                Clock.systemUTC());
        workspace = String.valueOf(
                data(ask("GET", "/v1/workspaces", null)).getFirst().get("workspaceId"));
    }

    @Override
    public void close() {
        client.close();
        server.close();
        registry.close();
    }

    HttpResponse<String> send(String method, String path, @Nullable Object body) {
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

    Map<String, @Nullable Object> ask(String method, String path, @Nullable Object body) {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("canary");
        return JsonText.object(response.body());
    }

    static List<Map<String, @Nullable Object>> data(Map<String, @Nullable Object> list) {
        return ((List<?>) Objects.requireNonNull(list.get("data")))
                .stream().map(JsonText::members).toList();
    }

    /** A connection of the stream people to a table of this name. */
    String connection(String sourceId, String name, String mode) {
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
        wish.put("destinationId", Objects.requireNonNull(destination));
        wish.put("configurations", Map.of("streams", List.of(Map.of("name", "people", "syncMode", mode))));
        return String.valueOf(ask("POST", "/v1/connections", wish).get("connectionId"));
    }

    void run(String connectionId, String kind) {
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

    List<Integer> ids(String name) throws SQLException {
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
}
