package dev.sluice.lowcode.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A service of HTTP on this machine that answers as a test says, and remembers what it was asked. */
public final class FakeService implements AutoCloseable {
    private static final String BINARY = "application/octet-stream";

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Reply> answers = request -> Reply.json("{}");

    /** A request. */
    public record Asked(
            String method,
            String path,
            String rawQuery,
            Map<String, String> query,
            Map<String, String> headers,
            String body) {}

    /** An answer. */
    public record Reply(int status, Map<String, String> headers, String body) {
        public static Reply json(String body) {
            return new Reply(200, Map.of("Content-Type", "application/json"), body);
        }

        /** Bytes that are no text; each of them is a character of the body. */
        public static Reply binary(byte[] bytes) {
            return new Reply(200, Map.of("Content-Type", BINARY), new String(bytes, StandardCharsets.ISO_8859_1));
        }

        public static Reply status(int status, Map<String, String> headers) {
            return new Reply(status, headers, "{\"message\": \"status " + status + "\"}");
        }
    }

    public FakeService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    public void answer(Function<Asked, Reply> how) {
        answers = how;
        asked.clear();
    }

    public List<Asked> asked() {
        return asked;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
            String raw = exchange.getRequestURI().getRawQuery();
            Asked request = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    raw == null ? "" : raw,
                    fields(raw == null ? "" : raw),
                    headers,
                    body);
            asked.add(request);
            Reply reply = answers.apply(request);
            byte[] bytes = reply.body()
                    .getBytes(
                            BINARY.equals(reply.headers().get("Content-Type"))
                                    ? StandardCharsets.ISO_8859_1
                                    : StandardCharsets.UTF_8);
            reply.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    public static Map<String, String> fields(String form) {
        Map<String, String> fields = new TreeMap<>();
        for (String pair : form.split("&", -1)) {
            int mark = pair.indexOf('=');
            if (mark > 0) {
                fields.put(
                        URLDecoder.decode(pair.substring(0, mark), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(mark + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
