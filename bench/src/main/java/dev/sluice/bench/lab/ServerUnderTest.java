package dev.sluice.bench.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** A server of the program under test, asked over HTTP. Closing stops it in good order. One thread uses it. */
public final class ServerUnderTest implements AutoCloseable {
    private static final String LISTENS = "Sluice listens on ";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final String workspace;
    private final double startSeconds;

    private ServerUnderTest(Process process, String address, long begun) {
        this.process = process;
        this.address = address;
        get("/api/public/v1/health");
        this.startSeconds = (System.nanoTime() - begun) / 1e9;
        this.workspace = get("/api/public/v1/workspaces").replaceAll("(?s).*\"workspaceId\":\"([^\"]+)\".*", "$1");
    }

    /** Starts one over a data directory, and waits for its first answer. */
    public static ServerUnderTest start(Lab lab, Path data) {
        long begun = System.nanoTime();
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            lab.settings().program().toString(), "server", "--port", "0", "--data", data.toString())
                    .directory(lab.work().toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().remove("SLUICE_STORE");
            Process process = builder.start();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(LISTENS)) {
                    drain(lines);
                    return new ServerUnderTest(
                            process,
                            line.substring(line.indexOf(LISTENS) + LISTENS.length())
                                    .strip(),
                            begun);
                }
            }
            throw new IllegalStateException("the server ended before it listened");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Tells what the server says of itself, until it ends. */
    private static void drain(BufferedReader lines) {
        Thread.ofPlatform().daemon(true).start(() -> {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    System.err.println("server: " + line);
                }
            } catch (IOException ended) {
                // It was closed together with the process.
            }
        });
    }

    /** From the start of the process to its first answer. */
    public double startSeconds() {
        return startSeconds;
    }

    /** The workspace that each server begins with. */
    public String workspace() {
        return workspace;
    }

    /** How much memory of the machine it holds. */
    public double residentMib() {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .sum();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What a path answers. */
    public String get(String path) {
        return ask(HttpRequest.newBuilder(URI.create(address + path)).GET());
    }

    /** What a path answers to a content. */
    public String post(String path, Object content) {
        return ask(HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(content))));
    }

    /** Makes its workspace as a project says. */
    public void apply(List<?> sources, List<?> destinations, List<?> connections) {
        Map<String, Object> project = new LinkedHashMap<>();
        project.put("sources", sources);
        project.put("destinations", destinations);
        project.put("connections", connections);
        post("/api/sluice/v1/workspaces/" + workspace + "/project/apply", project);
    }

    private String ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        response.uri() + " answers " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the server did not stop");
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            throw new IllegalStateException(stopped);
        }
    }
}
