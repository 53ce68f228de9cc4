package dev.sluice.testkit.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A web service that answers what a real one answered when it was recorded. Thread-safe.
 *
 * <p>A connector under test gets {@link #address()} instead of the address of the service. With {@code
 * -Dsluice.record=https://api.example.com/v1} the requests go on to that service, and what it answers is written into the file when this is
 * closed: run the test once so, look through the file, and keep it with the test. Otherwise nothing is asked of anybody. Each request
 * is answered as the same one was; one that was recorded several times gets the answers in turn, and then the last one again. One
 * that is not on record is answered by 501 and told by {@link #assertNothingElseWasAsked}.
 *
 * <p>Headers of requests, headers of answers that look like secrets, and the values of parameters that do are not kept. What a
 * service writes into its answers is, unless it is named to {@link #hiding}.
 */
public final class RecordedHttp implements AutoCloseable {
    /** The system property with the address of the service to record. */
    public static final String RECORD = "sluice.record";

    private static final Set<String> RESTRICTED =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding", "accept-encoding");

    private final Path file;
    private final @Nullable URI service;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final Map<Exchange.Key, Integer> asked = new HashMap<>();
    private final List<String> elsewhere = new CopyOnWriteArrayList<>();
    private final List<String> hidden = new CopyOnWriteArrayList<>();

    private RecordedHttp(Path file, @Nullable URI service) {
        this.file = file;
        this.service = service;
        try {
            if (service == null) {
                exchanges.addAll(Exchange.all(Files.readString(file)));
            }
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "the recording " + file + " cannot be read; record it with -D" + RECORD + "=ADDRESS", failed);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers from a file, or records it anew if the system property says so. */
    public static RecordedHttp of(Path file) {
        String address = System.getProperty(RECORD);
        return address == null || address.isBlank() ? replaying(file) : recording(file, URI.create(address));
    }

    /** Answers from a file. */
    public static RecordedHttp replaying(Path file) {
        return new RecordedHttp(file, null);
    }

    /** Asks a service, and writes the file when it is closed. */
    public static RecordedHttp recording(Path file, URI service) {
        return new RecordedHttp(file, service);
    }

    /** Keeps a text, such as the token or a name, out of the file that is written. */
    public RecordedHttp hiding(String text) {
        if (!text.isEmpty()) {
            hidden.add(text);
        }
        return this;
    }

    /** True if a service is asked. */
    public boolean isRecording() {
        return service != null;
    }

    /** Where the connector finds the service, without a slash at the end. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Fails if something was asked that is not on record.
     *
     * @throws AssertionError with what was asked, and what is on record
     */
    public void assertNothingElseWasAsked() {
        if (!elsewhere.isEmpty()) {
            throw new AssertionError(
                    "not on record in " + file + ": " + String.join("; ", elsewhere) + ". On record are: "
                            + exchanges.stream()
                                    .map(each -> each.key().toString())
                                    .distinct()
                                    .collect(Collectors.joining("; "))
                            + ". Record it anew with -D" + RECORD + "=ADDRESS");
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            URI uri = exchange.getRequestURI();
            Exchange.Key key = Exchange.Key.of(exchange.getRequestMethod(), uri.getRawPath(), uri.getRawQuery(), body);
            Exchange answer = service == null ? recorded(key) : asked(service, exchange, key, body);
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(answer.status(), answer.answer().length == 0 ? -1 : answer.answer().length);
            if (answer.answer().length > 0) {
                exchange.getResponseBody().write(answer.answer());
            }
        }
    }

    private Exchange recorded(Exchange.Key key) {
        lock.lock();
        try {
            List<Exchange> same =
                    exchanges.stream().filter(each -> each.key().equals(key)).toList();
            if (same.isEmpty()) {
                elsewhere.add(key.toString());
                return new Exchange(key, 501, Map.of(), "not on record".getBytes(StandardCharsets.UTF_8));
            }
            int turn = asked.merge(key, 1, Integer::sum);
            return same.get(Math.min(turn, same.size()) - 1);
        } finally {
            lock.unlock();
        }
    }

    private Exchange asked(URI address, HttpExchange exchange, Exchange.Key key, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(address.toString().replaceAll("/+$", "") + exchange.getRequestURI()))
                .timeout(Duration.ofMinutes(2))
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Exchange made = new Exchange(
                    key, response.statusCode(), Exchange.kept(response.headers().map()), response.body());
            lock.lock();
            try {
                exchanges.add(made);
            } finally {
                lock.unlock();
            }
            return made;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    /** Ends the service, and writes the file if it was recorded. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
        if (service == null) {
            return;
        }
        String json = exchanges.stream().map(Exchange::json).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
        for (String text : hidden) {
            json = json.replace(text, "hidden");
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, json);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
