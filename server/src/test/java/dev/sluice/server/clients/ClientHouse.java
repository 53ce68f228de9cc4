package dev.sluice.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.server.Programs;
import dev.sluice.server.boot.Server;
import dev.sluice.server.definitions.Builtins;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.StoreLocation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A whole server on which people log in and clients have credentials, with something to run. */
final class ClientHouse implements AutoCloseable {
    static final String EMAIL = "operator@example.org";
    static final String PASSWORD = "long enough for a test";

    /** What the quick connection moves. */
    static final long FEW = 400;

    /** So much that somebody who cancels always comes in time. */
    private static final long ENDLESS = 2_000_000_000L;

    private final Path directory;
    private final ConnectorRegistry registry = ConnectorRegistry.ofClassPath(ClientHouse.class.getClassLoader());
    private final HttpClient client = HttpClient.newHttpClient();
    private final Server server;
    private final Map<String, String> places = new LinkedHashMap<>();

    ClientHouse(Path directory) {
        this.directory = directory;
        Path data = directory.resolve("data");
        Map<String, String> environment = Map.of(
                "SLUICE_LOGIN",
                "required",
                "SLUICE_BASIC",
                "true",
                "SLUICE_ADMIN_EMAIL",
                EMAIL,
                "SLUICE_ADMIN_PASSWORD",
                PASSWORD,
                "SLUICE_FILES",
                directory.toString());
        server = Server.start(
                new Server.Options(data, new StoreLocation.Directory(data), Limits.USUAL, "127.0.0.1", 0, environment),
                registry,
                Clock.systemUTC());
        String session =
                text(post("/api/sluice/v1/login", null, Map.of("email", EMAIL, "password", PASSWORD)), "token");
        Map<String, @Nullable Object> application = post("/v1/applications", session, Map.of("name", "client"));
        places.put("host", server.address());
        places.put("port", String.valueOf(URI.create(server.address()).getPort()));
        places.put("user", EMAIL);
        places.put("password", PASSWORD);
        places.put("client_id", text(application, "clientId"));
        places.put("client_secret", text(application, "clientSecret"));
        places.put(
                "source_definition", Builtins.id(ConnectorKind.SOURCE, "sample").toString());
        places.put(
                "destination_definition",
                Builtins.id(ConnectorKind.DESTINATION, "sqlite").toString());
        places.put("database", directory.resolve("lake.sqlite").toString());
        String token = text(
                post(
                        "/applications/token",
                        null,
                        Map.of("client_id", place("client_id"), "client_secret", place("client_secret"))),
                "access_token");
        places.put("token", token);
        places.put("workspace", firstOf(send(get("/v1/workspaces", token)), "workspaceId"));
    }

    /** What clients are told, by name: {@code host}, {@code client_id}, {@code workspace} and so on. */
    String place(String name) {
        return Objects.requireNonNull(places.get(name), name);
    }

    /** Sets up a connection that is soon done and one that never is: {@code quick}, {@code endless}. */
    ClientHouse furnished() {
        places.put("quick", connection("quick", FEW));
        places.put("endless", connection("endless", ENDLESS));
        return this;
    }

    private String connection(String name, long rows) {
        Object source = actor("source", name, Map.of("sourceType", "sample", "count", rows));
        Object destination = actor(
                "destination",
                name,
                Map.of(
                        "destinationType",
                        "sqlite",
                        "path",
                        directory.resolve(name + ".sqlite").toString()));
        Map<String, Object> stream = Map.of("name", "users", "syncMode", "full_refresh_overwrite");
        return text(
                post(
                        "/v1/connections",
                        place("token"),
                        Map.of(
                                "name",
                                name,
                                "sourceId",
                                source,
                                "destinationId",
                                destination,
                                "configurations",
                                Map.of("streams", List.of(stream)))),
                "connectionId");
    }

    private String actor(String kind, String name, Map<String, ?> configuration) {
        Map<String, Object> body =
                Map.of("name", name, "workspaceId", place("workspace"), "configuration", configuration);
        return text(post("/v1/" + kind + "s", place("token"), body), kind + "Id");
    }

    /** Runs a script of Python beside this class with packages as they are published, and what it is told as JSON. */
    void play(String script, String... packages) throws IOException, InterruptedException {
        Programs programs = new Programs(directory);
        Path python = programs.python(packages);
        assumeTrue(python != null, "Python or its registry cannot be reached from here");
        String said = programs.mustRun(List.of(
                Objects.requireNonNull(python).toString(),
                programs.script(ClientHouse.class, script).toString(),
                JsonText.write(places)));
        assertThat(said).contains("all done");
    }

    private HttpRequest.Builder get(String path, @Nullable String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private Map<String, @Nullable Object> post(String path, @Nullable String token, Map<String, ?> body) {
        return send(get(path, token).POST(HttpRequest.BodyPublishers.ofString(JsonText.write(body))));
    }

    private Map<String, @Nullable Object> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return JsonText.object(response.body());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String text(Map<String, @Nullable Object> object, String name) {
        return Objects.requireNonNull(object.get(name), name).toString();
    }

    private static String firstOf(Map<String, @Nullable Object> list, String name) {
        List<?> data = (List<?>) Objects.requireNonNull(list.get("data"));
        return text(JsonText.members(data.getFirst()), name);
    }

    @Override
    public void close() {
        server.close();
        client.close();
        registry.close();
    }
}
