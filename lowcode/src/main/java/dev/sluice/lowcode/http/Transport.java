package dev.sluice.lowcode.http;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Sends requests: follows redirections, unpacks, and takes no more than fits. Thread-safe. */
public final class Transport implements AutoCloseable {
    private static final int MOST_REDIRECTIONS = 10;
    private static final int MOST_BYTES = 256 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final Duration WHOLE = Duration.ofMinutes(10);
    private static final Set<String> RESTRICTED =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "accept-encoding", "transfer-encoding");

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .cookieHandler(new CookieManager())
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Wire wire;

    /** One at which nobody looks. */
    public Transport() {
        this(Wire.UNSEEN);
    }

    /** One at which somebody looks. */
    public Transport(Wire wire) {
        this.wire = wire;
    }

    /** True if what fails is tried again as the manifest says. */
    boolean triesAgain() {
        return wire.triesAgain();
    }

    /**
     * Sends a request and waits for the whole answer.
     *
     * @throws IOException if there is no answer
     */
    Answer send(Call call) throws IOException, InterruptedException {
        try {
            Optional<Answer> instead = wire.instead(call);
            Answer answer = instead.isPresent() ? instead.get() : asked(call);
            wire.answered(call, answer);
            return answer;
        } catch (IOException broken) {
            wire.failed(call, broken);
            throw broken;
        }
    }

    private Answer asked(Call call) throws IOException, InterruptedException {
        URI first = Egress.address(call.url());
        URI target = first;
        Map<String, String> headers = call.headers();
        String method = call.method();
        byte[] body = call.body();
        for (int i = 0; i <= MOST_REDIRECTIONS; i++) {
            Egress.require(first, target);
            HttpResponse<InputStream> response =
                    client.send(request(target, method, headers, body), HttpResponse.BodyHandlers.ofInputStream());
            String location = response.headers().firstValue("location").orElse("");
            int status = response.statusCode();
            if (location.isEmpty() || !Set.of(301, 302, 303, 307, 308).contains(status)) {
                return answer(call, response);
            }
            response.body().close();
            URI next = Egress.address(target.resolve(location).toString());
            if (!Egress.sameHost(target, next)) {
                headers = withoutCredentials(headers);
            }
            if (status == 303 || (status < 303 && method.equals("POST"))) {
                method = "GET";
                body = null;
            }
            target = next;
        }
        throw new IOException("more than " + MOST_REDIRECTIONS + " redirections");
    }

    private static HttpRequest request(URI target, String method, Map<String, String> headers, byte @Nullable [] body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(target)
                .timeout(WHOLE)
                .header("Accept-Encoding", "gzip")
                .header("Accept", "*/*")
                .header("User-Agent", "Sluice")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach((name, value) -> {
            if (!RESTRICTED.contains(name.toLowerCase(Locale.ROOT))) {
                builder.setHeader(name, value.replaceAll("[\\r\\n]+", " ").strip());
            }
        });
        return builder.build();
    }

    private static Map<String, String> withoutCredentials(Map<String, String> headers) {
        Map<String, String> safe = new LinkedHashMap<>(headers);
        safe.keySet().removeIf(name -> name.equalsIgnoreCase("authorization") || name.equalsIgnoreCase("cookie"));
        return safe;
    }

    private static Answer answer(Call call, HttpResponse<InputStream> response) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        boolean packed = response.headers()
                .firstValue("content-encoding")
                .filter("gzip"::equalsIgnoreCase)
                .isPresent();
        try (InputStream raw = response.body();
                InputStream plain = packed ? unpacked(raw) : raw) {
            return new Answer(call, response.statusCode(), headers, capped(plain, call));
        }
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(raw, 1);
        int first = peeked.read();
        if (first < 0) {
            return InputStream.nullInputStream();
        }
        peeked.unread(first);
        return new GZIPInputStream(peeked, 1 << 16);
    }

    private static byte[] capped(InputStream in, Call call) throws IOException {
        byte[] body = in.readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw Problem.of(
                            "E_HTTP_TOO_LARGE",
                            ProblemKind.RESOURCE,
                            "an answer has more than " + MOST_BYTES + " bytes")
                    .at(call.place())
                    .fix("ask for smaller pages")
                    .exception();
        }
        return body;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
