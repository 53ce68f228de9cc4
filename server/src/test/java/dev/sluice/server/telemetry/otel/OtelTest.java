package dev.sluice.server.telemetry.otel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.runs.Workshop;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.telemetry.Metrics;
import dev.sluice.server.telemetry.RequestListener.Answered;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.testkit.host.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a receiver of OpenTelemetry gets of real syncs and of requests, as bytes: texts and numbers of spans stand in them as they are. */
class OtelTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final Queue<String> traces = new ConcurrentLinkedQueue<>();
    private final Queue<String> numbers = new ConcurrentLinkedQueue<>();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();
    private final TestStore opened = TestStore.open(Dialect.SQLITE);
    private final HttpServer receiver = listen();
    private final OtelSettings settings = OtelSettings.of(Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://127.0.0.1:" + receiver.getAddress().getPort(),
            "OTEL_EXPORTER_OTLP_HEADERS",
            "api-key=a-key",
            "OTEL_SERVICE_NAME",
            "our-sluice",
            "OTEL_BSP_SCHEDULE_DELAY",
            "50",
            "OTEL_METRIC_EXPORT_INTERVAL",
            "200"));

    @AfterEach
    void close() {
        receiver.stop(0);
        opened.close();
    }

    private HttpServer listen() {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/", this::receive);
            http.start();
            return http;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("api-key")));
        (exchange.getRequestURI().getPath().endsWith("/v1/traces") ? traces : numbers).add(content);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static String bytes(String digits) {
        return new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static Job sync(Workshop workshop) {
        Actor source = workshop.actor(ConnectorKind.SOURCE, "sample", Map.of("count", 20));
        Actor nowhere = workshop.actor(ConnectorKind.DESTINATION, "discard", Map.of());
        Connection connection = workshop.connection(
                source,
                nowhere,
                new ConnectionStream(StreamId.of("users"), true, "full_refresh_append", Json.EMPTY),
                new ConnectionStream(StreamId.of("products"), true, "full_refresh_append", Json.EMPTY));
        return workshop.run(connection, JobKind.SYNC, Json.EMPTY);
    }

    @Test
    void aJobIsATraceOfItsAttemptsAndTheirStreams() {
        try (Traces told = new Traces(settings, Clock.systemUTC())) {
            Job job;
            try (Workshop workshop = new Workshop(opened.store(), Limits.USUAL, List.of(told))) {
                job = sync(workshop);
                opened.store().change(transaction -> told.ended(transaction, job));
            }
            String trace = bytes(JobIds.of(job).getTraceId());
            // The job, its attempt, two streams, and a commit of each.
            Await.until("the spans", () -> count(String.join("", traces), trace) >= 6);
            String all = String.join("", traces);
            assertThat(all)
                    .contains(
                            "our-sluice", "job sync", "attempt", "stream", "users", "products", "commit", "succeeded");
            assertThat(count(all, bytes(JobIds.of(job).getSpanId())))
                    .as("itself, and as the parent of its attempt")
                    .isEqualTo(2);
            assertThat(keys).containsOnly("a-key");
        }
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        try (Traces told = new Traces(settings, Clock.systemUTC());
                Workshop workshop = new Workshop(opened.store(), Limits.USUAL, List.of())) {
            Job job = sync(workshop);
            try {
                opened.store().change(transaction -> {
                    told.ended(transaction, job);
                    throw new IllegalStateException("something else goes wrong");
                });
            } catch (IllegalStateException expected) {
                assertThat(expected).hasMessageContaining("something else");
            }
        }
        assertThat(traces).isEmpty();
    }

    @Test
    void requestsBelongToTheTraceOfWhoAsks() {
        Answered request = new Answered(
                "GET",
                "/api/public/v1/jobs/{jobId}",
                503,
                Instant.now(),
                Duration.ofMillis(3),
                "00-" + TRACE + "-00f067aa0ba902b7-01");
        try (Traces told = new Traces(settings, Clock.systemUTC())) {
            told.answered(request);
            told.answered(new Answered("GET", "", 404, Instant.now(), Duration.ofMillis(1), null));
            Await.until("the span", () -> String.join("", traces).contains(bytes(TRACE)));
        }
        assertThat(String.join("", traces)).contains("GET /api/public/v1/jobs/{jobId}", "http.route");
    }

    @Test
    void numbersAreSentAndShownAlike() {
        try (Metrics metrics = new Metrics(opened.store(), List.of(SentNumbers.registry(settings)))) {
            metrics.answered(new Answered("GET", "/v1/jobs", 200, Instant.now(), Duration.ofMillis(3), null));
            metrics.answered(new Answered("BREW", "", 405, Instant.now(), Duration.ofMillis(1), null));
            assertThat(metrics.text())
                    .contains(
                            "sluice_http_requests_seconds_count{method=\"GET\",route=\"/v1/jobs\",status=\"200\"} 1",
                            "method=\"other\",route=\"none\",status=\"405\"",
                            "sluice_store_up 1.0")
                    .doesNotContain("BREW");
            Await.until("the numbers", () -> String.join("", numbers).contains("sluice.http.requests"));
        }
        assertThat(String.join("", numbers)).contains("our-sluice", "sluice.store.up", "/v1/jobs");
    }

    @Test
    void nothingGoesAnywhereUnlessItIsSaidWhere() {
        assertThat(of()).isEqualTo("false false");
        assertThat(of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://o")).isEqualTo("true true");
        assertThat(of("OTEL_TRACES_EXPORTER", "otlp")).isEqualTo("true false");
        assertThat(of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://o", "OTEL_TRACES_EXPORTER", "none"))
                .isEqualTo("false true");
        assertThat(of("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://o/m")).isEqualTo("false true");
        assertThat(of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://o", "OTEL_SDK_DISABLED", "true"))
                .isEqualTo("false false");
    }

    private static String of(String... variables) {
        OtelSettings settings = OtelSettings.of(
                variables.length == 0
                        ? Map.of("HOME", "/")
                        : variables.length == 2
                                ? Map.of(variables[0], variables[1])
                                : Map.of(variables[0], variables[1], variables[2], variables[3]));
        return settings.traces() + " " + settings.metrics();
    }
}
