package dev.sluice.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.engine.plugin.ConnectorRegistry;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients as they are published, against a whole server on which people log in. */
class ClientsTest {
    private static final String SDK = "airbyte-api==0.53.0";
    private static final String PASSWORD = "long enough for a test";

    @TempDir
    Path directory;

    private final ConnectorRegistry registry = ConnectorRegistry.ofClassPath(ClientsTest.class.getClassLoader());
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        registry.close();
    }

    private Map<String, @Nullable Object> post(String address, @Nullable String token, Map<String, ?> body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .POST(HttpRequest.BodyPublishers.ofString(JsonText.write(body)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonText.object(response.body());
    }

    @Test
    void thePythonSdkSetsUpRunsAndCancels() throws IOException, InterruptedException {
        Programs programs = new Programs(directory);
        Path python = programs.python(SDK);
        assumeTrue(python != null, "Python or its registry cannot be reached from here");
        Server.Options options = new Server.Options(
                directory.resolve("data"),
                new StoreLocation.Directory(directory.resolve("data")),
                Limits.USUAL,
                "127.0.0.1",
                0,
                Map.of("SLUICE_LOGIN", "required", "SLUICE_FILES", directory.toString()));
        try (Server server = Server.start(options, registry, Clock.systemUTC())) {
            String own = server.address() + "/api/sluice/v1";
            Map<String, String> first =
                    Map.of("token", server.firstLogin().orElseThrow(), "email", "a@example.org", "password", PASSWORD);
            String session = String.valueOf(post(own + "/setup", null, first).get("token"));
            Map<String, @Nullable Object> application =
                    post(server.address() + "/v1/applications", session, Map.of("name", "sdk"));
            List<String> command = new ArrayList<>(List.of(
                    Objects.requireNonNull(python).toString(),
                    programs.script("python_sdk.py").toString(),
                    server.address()));
            command.add(String.valueOf(application.get("clientId")));
            command.add(String.valueOf(application.get("clientSecret")));
            command.add(Builtins.id(ConnectorKind.SOURCE, "sample").toString());
            command.add(Builtins.id(ConnectorKind.DESTINATION, "sqlite").toString());
            command.add(directory.resolve("lake.sqlite").toString());
            assertThat(programs.mustRun(command)).contains("all done");
        }
    }
}
