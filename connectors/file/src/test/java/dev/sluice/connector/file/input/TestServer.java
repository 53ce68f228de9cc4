package dev.sluice.connector.file.input;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A web server with one file, which behaves as a test wants. */
public final class TestServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private volatile byte[] content;
    private volatile @Nullable String tag = "\"v1\"";
    private volatile @Nullable String modified = "Wed, 21 Oct 2015 07:28:00 GMT";
    private volatile boolean ranges = true;
    private volatile boolean tellsLength = true;
    private volatile int breakAfter = Integer.MAX_VALUE;
    private volatile @Nullable Answer first;

    /**
     * A request that came.
     *
     * @param path the path
     * @param range the header Range, or an empty text
     * @param ifRange the header If-Range, or an empty text
     * @param authorization the header Authorization, or an empty text
     */
    public record Asked(String path, String range, String ifRange, String authorization) {}

    /** Answers in the place of the server. */
    public interface Answer {
        /**
         * Answers a request.
         *
         * @return false to let the server answer
         */
        boolean give(HttpExchange exchange) throws IOException;
    }

    /** Starts a server. */
    public TestServer(byte[] content) {
        this.content = content.clone();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The address of a path. */
    public String address(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    /** The requests so far. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Gives the file another content and version. */
    public void replace(byte[] other, String otherTag) {
        content = other.clone();
        tag = otherTag;
    }

    /** What tells versions apart; nulls for nothing. */
    public TestServer versions(@Nullable String newTag, @Nullable String newModified) {
        tag = newTag;
        modified = newModified;
        return this;
    }

    public TestServer withoutRanges() {
        ranges = false;
        return this;
    }

    public TestServer withoutLength() {
        tellsLength = false;
        return this;
    }

    /** Breaks each answer off after so many bytes. */
    public TestServer breakingAfter(int bytes) {
        breakAfter = bytes;
        return this;
    }

    /** Answers in another way first. */
    public TestServer answering(Answer answer) {
        first = answer;
        return this;
    }

    /** An answer without a body. */
    public static void status(HttpExchange exchange, int status, Consumer<Headers> headers) throws IOException {
        headers.accept(exchange.getResponseHeaders());
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestURI().toString(),
                header(exchange, "Range"),
                header(exchange, "If-Range"),
                header(exchange, "Authorization")));
        Answer other = first;
        if (other != null && other.give(exchange)) {
            return;
        }
        if (tag != null) {
            exchange.getResponseHeaders().set("ETag", tag);
        }
        if (modified != null) {
            exchange.getResponseHeaders().set("Last-Modified", modified);
        }
        String range = header(exchange, "Range");
        String ifRange = header(exchange, "If-Range");
        boolean sameVersion = ifRange.isEmpty() || ifRange.equals(tag) || ifRange.equals(modified);
        int from = ranges && sameVersion && range.startsWith("bytes=")
                ? Integer.parseInt(range.substring(6, range.length() - 1))
                : 0;
        if (from >= content.length && content.length > 0) {
            status(exchange, 416, headers -> {});
            return;
        }
        byte[] body = Arrays.copyOfRange(content, from, content.length);
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        send(exchange, from > 0 ? 206 : 200, body);
    }

    private void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, tellsLength ? (body.length == 0 ? -1 : body.length) : 0);
        if (body.length > breakAfter) {
            exchange.getResponseBody().write(body, 0, breakAfter);
            exchange.getResponseBody().flush();
            // Leaves the connection in the middle of the body.
            throw new IOException("broken off on purpose");
        }
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
