package dev.sluice.cli.remote;

import dev.sluice.cli.output.Json;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks a server. One thread uses it. */
public final class ServerClient implements AutoCloseable {
    private static final int LARGEST_ANSWER = 64 << 20;
    private static final Duration CONNECTING = Duration.ofSeconds(10);

    /** A source that is asked for what it offers may take its time. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final URI server;
    private final @Nullable String token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECTING).build();

    /**
     * A client of a server.
     *
     * @param address where it listens, as {@code http://127.0.0.1:8000}
     * @param token what it lets in; null where nobody has to log in
     */
    public ServerClient(String address, @Nullable String token) {
        this.server = uri(address);
        this.token = token;
        if (token != null && server.getScheme().equals("http") && !isLoopback(server.getHost())) {
            throw Problem.of("E_SERVER_PLAIN", ProblemKind.CONFIG, "a token would travel in the clear")
                    .at(address)
                    .because("the address is http, and the server is on another machine")
                    .fix("use the https address of the server")
                    .exception();
        }
    }

    private static URI uri(String address) {
        try {
            URI uri = URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
            if (List.of("http", "https").contains(Objects.toString(uri.getScheme(), "")) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // The same as below.
        }
        throw Problem.of("E_USAGE", ProblemKind.CONFIG, "the address of the server is not understood")
                .at(address)
                .fix("write it as http://127.0.0.1:8000")
                .exception();
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /**
     * The workspace of a name or an id; without a name the only one.
     *
     * @throws ProblemException if there is no such workspace
     */
    public String workspace(@Nullable String name) {
        List<String> names = new ArrayList<>();
        for (Object each : list(get("/api/public/v1/workspaces?limit=100"), "data")) {
            Map<?, ?> workspace = (Map<?, ?>) each;
            String id = String.valueOf(workspace.get("workspaceId"));
            String known = String.valueOf(workspace.get("name"));
            if (id.equals(name) || known.equals(name)) {
                return id;
            }
            names.add(name == null ? id : known);
        }
        if (name == null && names.size() == 1) {
            return names.getFirst();
        }
        throw Problem.of(
                        "E_USAGE",
                        ProblemKind.CONFIG,
                        name == null ? "the server has several workspaces" : "there is no workspace " + name)
                .at(server.toString())
                .fix("name one of them with --workspace")
                .exception();
    }

    /** What a path answers. */
    public Map<?, ?> get(String path) {
        return ask(HttpRequest.newBuilder(URI.create(server + path)).GET());
    }

    /** What a path answers to a content. */
    public Map<?, ?> post(String path, Map<String, ?> content) {
        return ask(HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.line(content))));
    }

    /** A member that is a list; empty if it is none. */
    public static List<?> list(Map<?, ?> answer, String name) {
        return answer.get(name) instanceof List<?> list ? list : List.of();
    }

    /** What a path answers to a content that replaces what is there. */
    public Map<?, ?> put(String path, Map<String, ?> content) {
        return ask(HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(Json.line(content))));
    }

    private Map<?, ?> ask(HttpRequest.Builder request) {
        request.timeout(PATIENCE).header("Accept", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] content = in.readNBytes(LARGEST_ANSWER + 1);
                if (content.length > LARGEST_ANSWER) {
                    throw foreign("its answer is larger than 64 MiB");
                }
                return understood(response.statusCode(), new String(content, StandardCharsets.UTF_8));
            }
        } catch (IOException cause) {
            throw Problem.of("E_SERVER_UNREACHABLE", ProblemKind.UNREACHABLE, "the server cannot be reached")
                    .at(server.toString())
                    .because(cause.getMessage())
                    .fix("start one with `sluice server`, or name another one with --server or SLUICE_SERVER")
                    .exception(cause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "waiting for the server was broken off")
                    .exception(stopped);
        }
    }

    private Map<?, ?> understood(int status, String content) {
        Map<?, ?> answer;
        try {
            answer = Json.read(content) instanceof Map<?, ?> map ? map : Map.of();
        } catch (IllegalArgumentException notJson) {
            throw foreign("it answers with " + status + " and something that is not JSON");
        }
        if (status / 100 == 2) {
            return answer;
        }
        Object code = answer.get("data") instanceof Map<?, ?> data ? data.get("code") : null;
        String message =
                Objects.toString(answer.get("detail"), Objects.toString(answer.get("title"), "no reason given"));
        throw Problem.of(Objects.toString(code, "E_SERVER_REFUSED"), kind(status), message)
                .at(server.toString())
                .exception();
    }

    private static ProblemKind kind(int status) {
        return switch (status) {
            case 401, 403 -> ProblemKind.PERMISSION;
            case 409 -> ProblemKind.CONFLICT;
            case 429, 503 -> ProblemKind.TRANSIENT;
            default -> status < 500 ? ProblemKind.CONFIG : ProblemKind.INTERNAL;
        };
    }

    private ProblemException foreign(String why) {
        return Problem.of("E_SERVER_FOREIGN", ProblemKind.CONFIG, "what answers there is no Sluice server")
                .at(server.toString())
                .because(why)
                .exception();
    }

    @Override
    public void close() {
        http.close();
    }
}
