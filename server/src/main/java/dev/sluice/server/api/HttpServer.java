package dev.sluice.server.api;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** Listens for requests and has them answered, each in a virtual thread. */
public final class HttpServer implements AutoCloseable {
    /** What a request may hold at most. */
    private static final int MOST_BYTES = 10 * 1024 * 1024;

    private static final int MOST_THREADS = 200;
    /** How many contents are written at the same time to readers who may read for long. */
    private static final int MOST_LIVE = 500;

    private static final int IDLE_MILLIS = 60_000;
    private static final int STOP_MILLIS = 5_000;

    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-store",
            "Content-Security-Policy",
                    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");

    private final Server server;
    private final ServerConnector connector;
    private final CountDownLatch stopped;

    private HttpServer(Server server, ServerConnector connector, CountDownLatch stopped) {
        this.server = server;
        this.connector = connector;
        this.stopped = stopped;
    }

    /**
     * Begins to listen. Whether that is safe there is asked before.
     *
     * @param port the port; 0 for a free one
     * @param behindProxy true if all requests come through a proxy, which says who asks and by which name
     * @throws dev.sluice.spi.problem.ProblemException code {@code E_LISTEN}, if it cannot
     */
    public static HttpServer start(String host, int port, Api api, boolean behindProxy) {
        Server server = new Server(new VirtualThreadPool(MOST_THREADS));
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(true);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        CountDownLatch stopped = new CountDownLatch(1);
        server.setHandler(new Handling(api, behindProxy, stopped));
        server.setErrorHandler(HttpServer::malformed);
        server.setStopTimeout(STOP_MILLIS);
        try {
            server.start();
            return new HttpServer(server, connector, stopped);
        } catch (Exception failure) { // Jetty declares no less
            stop(server);
            throw Problem.of("E_LISTEN", ProblemKind.RESOURCE, "the server cannot listen")
                    .at(host + ":" + port)
                    .because(failure.getMessage())
                    .fix("choose another port with --port, or stop the program that has it")
                    .exception(failure);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    }

    @Override
    public void close() {
        stopped.countDown();
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception failure) { // Jetty declares no less
            System.getLogger(HttpServer.class.getName())
                    .log(System.Logger.Level.WARNING, "the server did not stop cleanly", failure);
        }
    }

    private static void write(Request request, Response response, Callback callback, Answer answer) {
        begin(response, answer);
        byte[] bytes = answer.bytes();
        if (bytes.length > 0) {
            response.getHeaders().put("Content-Length", bytes.length);
        }
        response.write(true, ByteBuffer.wrap(request.getMethod().equals("HEAD") ? new byte[0] : bytes), callback);
    }

    private static void begin(Response response, Answer answer) {
        response.setStatus(answer.status());
        HEADERS.forEach(response.getHeaders()::put);
        answer.headers().forEach(response.getHeaders()::put);
        if (answer.type() != null) {
            response.getHeaders().put("Content-Type", answer.type());
        }
    }

    private record OutputReader(OutputStream out, CountDownLatch stopped) implements LiveContent.Reader {
        @Override
        public void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        @Override
        public boolean rest(Duration pause) {
            try {
                return !stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** What Jetty itself refuses, such as a path with a hidden slash; its own page would tell more than it should. */
    private static boolean malformed(Request request, Response response, Callback callback) {
        int status = Math.max(response.getStatus(), 400);
        response.getHeaders().put(RequestId.HEADER, RequestId.of(null));
        Refusal refusal = status < 500
                ? Refusal.of(status, "bad-request", "the request cannot be understood")
                : Refusal.of(status, "unexpected-problem", "the request failed");
        write(request, response, callback, refusal.answer());
        return true;
    }

    private static final class Handling extends Handler.Abstract {
        private final Api api;
        private final boolean behindProxy;
        private final CountDownLatch stopped;
        private final Semaphore live = new Semaphore(MOST_LIVE);

        Handling(Api api, boolean behindProxy, CountDownLatch stopped) {
            this.api = api;
            this.behindProxy = behindProxy;
            this.stopped = stopped;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            String id = RequestId.of(request.getHeaders().get(RequestId.HEADER));
            response.getHeaders().put(RequestId.HEADER, id);
            Answer answer = ScopedValue.where(RequestId.CURRENT, id).call(() -> answer(request));
            LiveContent content = answer.live();
            if (content == null || request.getMethod().equals("HEAD")) {
                write(request, response, callback, answer);
            } else if (live.tryAcquire()) {
                begin(response, answer);
                live(response, callback, content);
            } else {
                Refusal full = Refusal.of(503, "service-unavailable", "too many follow what happens here; try later");
                write(request, response, callback, full.answer());
            }
            return true;
        }

        /** In a thread of its own: those that answer are few, and this may take as long as somebody reads. */
        private void live(Response response, Callback callback, LiveContent content) {
            Thread.ofVirtual().name("sluice live").start(() -> {
                try (OutputStream out = Content.Sink.asOutputStream(response)) {
                    content.write(new OutputReader(out, stopped));
                    callback.succeeded();
                } catch (IOException | RuntimeException gone) {
                    callback.failed(gone);
                } finally {
                    live.release();
                }
            });
        }

        private Answer answer(Request request) throws IOException {
            String content;
            Map<String, List<String>> query = new LinkedHashMap<>();
            try {
                content = content(request);
                for (Fields.Field field : Request.extractQueryParameters(request)) {
                    query.put(field.getName(), field.getValues());
                }
            } catch (IllegalArgumentException malformed) {
                return Refusal.badRequest("the parameters of the address are malformed")
                        .answer();
            } catch (Refusal refusal) {
                return refusal.answer().with("Connection", "close");
            }
            Map<String, String> headers = new LinkedHashMap<>();
            for (HttpField field : request.getHeaders()) {
                // Of those that stand there several times the last one counts, apart from cookies, which may come one
                // by one.
                String name = field.getLowerCaseName();
                headers.merge(
                        name,
                        String.valueOf(field.getValue()),
                        (one, other) -> name.equals("cookie") ? one + "; " + other : other);
            }
            String address = Forwarded.address(headers, behindProxy, String.valueOf(Request.getRemoteAddr(request)));
            Forwarded.clean(headers, behindProxy);
            String method = request.getMethod().toUpperCase(Locale.ROOT);
            return api.answer(new Message(
                    method.equals("HEAD") ? "GET" : method,
                    Request.getPathInContext(request),
                    query,
                    headers,
                    content,
                    address));
        }

        private static String content(Request request) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            try (InputStream in = Content.Source.asInputStream(request)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    bytes.write(buffer, 0, read);
                    if (bytes.size() > MOST_BYTES) {
                        throw Refusal.of(413, "content-too-large", "a request holds at most " + MOST_BYTES + " bytes");
                    }
                }
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
