package dev.sluice.dist.product;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.fault.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as it is delivered: it starts, answers, moves rows, and ends when it is told to. */
public class ServerTest {
    private static final String LISTENS = "Sluice listens on ";
    private static final int TERMINATED = 143;
    private static final int USAGE = 2;
    private static final int BUSY = 7;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private ChildProcess server(String data) {
        return Sluice.in(folder).start("server", "--port", "0", "--data", data);
    }

    public static String address(ChildProcess server) {
        server.awaitLine(line -> line.contains(LISTENS));
        return server.err().stream()
                .filter(line -> line.contains(LISTENS))
                .findFirst()
                .orElseThrow()
                .replace(LISTENS, "")
                .strip();
    }

    private String get(String address, String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(address + "/api/public/v1/" + path)));
    }

    private String post(String address, String path, String content) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(URI.create(address + "/api/public/v1/" + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(content)));
    }

    private String answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static String value(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]+)").matcher(json);
        assertThat(found.find()).as(json).isTrue();
        return found.group(1);
    }

    @Test
    void movesRowsAndGoesOnElsewhereWithWhatWasSetUp() throws Exception {
        String connection;
        try (ChildProcess server = server("data")) {
            String address = address(server);
            String workspace = value(get(address, "workspaces"), "workspaceId");
            String source = value(
                    post(
                            address,
                            "sources",
                            "{\"name\":\"made up\",\"workspaceId\":\"%s\",\"configuration\":{\"sourceType\":\"sample\",\"count\":500}}"
                                    .formatted(workspace)),
                    "sourceId");
            String destination = value(
                    post(
                            address,
                            "destinations",
                            ("{\"name\":\"lake\",\"workspaceId\":\"%s\","
                                            + "\"configuration\":{\"destinationType\":\"duckdb\",\"path\":\"%s\"}}")
                                    .formatted(workspace, folder.resolve("lake.duckdb"))),
                    "destinationId");
            connection = value(
                    post(
                            address,
                            "connections",
                            "{\"sourceId\":\"%s\",\"destinationId\":\"%s\"}".formatted(source, destination)),
                    "connectionId");
            String job = value(
                    post(address, "jobs", "{\"connectionId\":\"%s\",\"jobType\":\"sync\"}".formatted(connection)),
                    "jobId");
            assertThat(ended(address, job)).contains("\"status\":\"succeeded\"");
            server.signal("TERM");
            server.requireExit(TERMINATED);
        }
        assertThat(Sluice.in(folder)
                        .run("preview", "duckdb://" + folder.resolve("lake.duckdb"), "-o", "json")
                        .expect(0)
                        .out())
                .contains("\"id\"");

        Sluice.in(folder).run("server", "export", "kept.gz", "--data", "data").expect(0);
        Sluice.in(folder)
                .run("server", "import", "kept.gz", "--data", "elsewhere")
                .expect(0);
        try (ChildProcess again = server("elsewhere")) {
            assertThat(get(address(again), "connections/" + connection)).contains("\"status\":\"active\"");
        }
    }

    /** Each question is an answer of the server, so this asks no faster than it can tell. */
    private String ended(String address, String job) throws IOException, InterruptedException {
        String told = get(address, "jobs/" + job);
        while (List.of("pending", "running", "incomplete").contains(value(told, "status"))) {
            told = get(address, "jobs/" + job);
        }
        return told;
    }

    @Test
    void saysWhyItCannotStart() {
        assertThat(Sluice.in(folder)
                        .run("server", "--port", "70000")
                        .expect(USAGE)
                        .err())
                .contains("there is no port 70000");
        assertThat(Sluice.in(folder)
                        .run("server", "--store", "postgresql://me:hunter2@localhost/store")
                        .expect(USAGE)
                        .err())
                .contains("SLUICE_STORE")
                .doesNotContain("hunter2");
        assertThat(Sluice.in(folder)
                        .with("SLUICE_LOGIN", "none")
                        .run("server", "--host", "0.0.0.0", "--data", "data")
                        .expect(USAGE)
                        .err())
                .contains("0.0.0.0");
        try (ChildProcess first = server("data")) {
            address(first);
            assertThat(Sluice.in(folder)
                            .run("server", "--port", "0", "--data", "data")
                            .expect(BUSY)
                            .err())
                    .contains("data");
        }
    }
}
