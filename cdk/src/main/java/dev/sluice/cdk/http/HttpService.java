package dev.sluice.cdk.http;

import dev.sluice.cdk.net.ConnectProblems;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A web service that a connector asks. Thread-safe.
 *
 * <p>It asks again when the service is busy (429), fails (500, 502, 503, 504) or cannot be reached, waits as long as the service says
 * in {@code Retry-After}, and gives up after some attempts. It does not follow redirections, since they could lead credentials to
 * somebody else. Problems hold neither the values of headers nor parameters.
 */
public final class HttpService implements AutoCloseable {
    private static final Set<Integer> WORTH_ANOTHER_TRY = Set.of(429, 500, 502, 503, 504);
    private static final int ATTEMPTS = 6;
    private static final int MOST_BYTES = 64 << 20;
    private static final int MOST_QUOTED = 200;
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final URI base;
    private final Map<String, String> headers;
    private final ConnectorContext context;
    private final Pause pause;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** Waits; in tests of this module it only notes how long. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    HttpService(URI base, Map<String, String> headers, ConnectorContext context, @Nullable Pause pause) {
        this.base = base;
        this.headers = new LinkedHashMap<>(headers);
        this.context = context;
        this.pause = pause == null ? this::await : pause;
    }

    /**
     * A service.
     *
     * @param address where it is, such as {@code https://api.example.com/v1}
     * @param headers what is sent with each request; their values are taken for secrets
     * @throws ProblemException of kind {@code CONFIG} if the address is none
     */
    public static HttpService at(String address, Map<String, String> headers, ConnectorContext context) {
        return new HttpService(address(address), headers, context, null);
    }

    static URI address(String text) {
        try {
            URI address = URI.create(text.strip().replaceAll("/+$", ""));
            boolean http =
                    "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            if (http && address.getHost() != null && address.getUserInfo() == null && address.getQuery() == null) {
                return address;
            }
        } catch (IllegalArgumentException noAddress) {
            // Told below, without the text: it may hold a password.
        }
        throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the address of the service is no http or https address")
                .fix("write it as https://api.example.com/v1, without a login and without parameters")
                .exception();
    }

    /**
     * Asks for a resource.
     *
     * @param path below the address of the service
     * @param parameters what stands behind the question mark, not encoded yet
     * @throws ProblemException if there is no answer of the 200s
     */
    public HttpAnswer get(String path, Map<String, String> parameters) {
        return send("GET", path, parameters, null);
    }

    /**
     * Sends JSON, with the same rules. A request that was answered by nothing may have been carried out, and is sent again all the same: only for
     * services where that does no harm.
     */
    public HttpAnswer post(String path, String json) {
        return send("POST", path, Map.of(), json);
    }

    private HttpAnswer send(String method, String path, Map<String, String> parameters, @Nullable String json) {
        String place = base + (path.isEmpty() || path.startsWith("/") ? path : "/" + path);
        HttpRequest request = request(method, place, parameters, json);
        for (int attempt = 1; ; attempt++) {
            requireOpen();
            Problem failure;
            Duration wait = FIRST_PAUSE.multipliedBy(1L << (attempt - 1));
            try {
                HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                HttpAnswer answer = answer(place, response);
                if (answer.status() / 100 == 2) {
                    return answer;
                }
                failure = refused(answer);
                if (!WORTH_ANOTHER_TRY.contains(answer.status())) {
                    throw failure.exception();
                }
                wait = asked(answer, wait);
            } catch (IOException broken) {
                requireOpen();
                failure = ConnectProblems.of(broken)
                        .orElseGet(() -> ConnectProblems.lost(broken))
                        .at(place);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw stopped();
            }
            if (attempt == ATTEMPTS || wait.compareTo(LONGEST_PAUSE) > 0) {
                throw failure.exception();
            }
            context.log(
                    System.Logger.Level.INFO,
                    failure.message() + " (" + place + "); asking again in " + wait.toMillis() + " ms");
            pause(wait);
        }
    }

    private HttpRequest request(String method, String place, Map<String, String> parameters, @Nullable String json) {
        String query = parameters.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder builder;
        try {
            builder = HttpRequest.newBuilder(URI.create(query.isEmpty() ? place : place + "?" + query));
        } catch (IllegalArgumentException noAddress) {
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the path is no part of an address")
                    .at(place)
                    .exception(noAddress);
        }
        builder.timeout(ANSWER)
                .header("Accept", "application/json")
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "Sluice");
        headers.forEach((name, value) -> header(builder, name, value));
        if (json == null) {
            return builder.method(method, HttpRequest.BodyPublishers.noBody()).build();
        }
        return builder.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
    }

    /** What the client says of a value that it does not take has the value in it. */
    private static void header(HttpRequest.Builder builder, String name, String value) {
        try {
            builder.setHeader(name, value);
        } catch (IllegalArgumentException unusable) {
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the value of the header " + name + " cannot be sent")
                    .fix("look for line breaks and other characters that do not belong to it, at its end too")
                    .exception();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpAnswer answer(String place, HttpResponse<InputStream> response) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        try (InputStream raw = response.body();
                InputStream plain =
                        "gzip".equalsIgnoreCase(headers.get("content-encoding")) ? new GZIPInputStream(raw) : raw) {
            byte[] body = plain.readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                throw Problem.of(
                                "E_HTTP_TOO_LARGE",
                                ProblemKind.RESOURCE,
                                "an answer has more than " + MOST_BYTES + " bytes")
                        .at(place)
                        .fix("ask for smaller pages")
                        .exception();
            }
            return new HttpAnswer(place, response.statusCode(), headers, body);
        }
    }

    private Problem refused(HttpAnswer answer) {
        int status = answer.status();
        Problem problem = switch (status) {
            case 401, 403 ->
                Problem.of("E_AUTH_REFUSED", ProblemKind.PERMISSION, "the service refuses the credentials")
                        .fix("check the credentials, and what they are allowed to read");
            case 404, 410 ->
                Problem.of("E_HTTP_STATUS", ProblemKind.CONFIG, "the service has nothing at this address")
                        .fix("check the address of the service");
            case 429 ->
                Problem.of("E_HTTP_STATUS", ProblemKind.TRANSIENT, "the service allows no more requests for now")
                        .fix("try again later");
            default ->
                status >= 500
                        ? Problem.of("E_HTTP_STATUS", ProblemKind.TRANSIENT, "the service fails")
                                .fix("try again later")
                        : Problem.of("E_HTTP_STATUS", ProblemKind.CONFIG, "the service refuses the request")
                                .fix("check the configuration");
        };
        return problem.at(answer.place()).because("status " + status + quoted(answer));
    }

    /** The service's own words, without what must not be seen. */
    private String quoted(HttpAnswer answer) {
        String text = answer.text().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        for (String value : headers.values()) {
            for (String part : value.split(" ", -1)) {
                text = part.length() < 4 ? text : text.replace(part, "***");
            }
        }
        boolean readable = !text.isEmpty() && !text.startsWith("<");
        return readable ? ": " + text.substring(0, Math.min(MOST_QUOTED, text.length())) : "";
    }

    /** How long the service asks to wait, in seconds; a date counts as not said. */
    private static Duration asked(HttpAnswer answer, Duration usual) {
        return answer.header("retry-after")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(usual);
    }

    private void pause(Duration time) {
        try {
            pause.of(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw stopped();
        }
    }

    private void await(Duration time) throws InterruptedException {
        if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw stopped();
        }
    }

    private void requireOpen() {
        if (closed.getCount() == 0 || context.cancelled()) {
            throw stopped();
        }
    }

    private static ProblemException stopped() {
        return Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the run was stopped")
                .exception();
    }

    /** Ends what is under way with a problem. */
    @Override
    public void close() {
        closed.countDown();
        client.shutdownNow();
    }
}
