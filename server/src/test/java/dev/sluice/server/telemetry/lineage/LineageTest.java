package dev.sluice.server.telemetry.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.runs.Workshop;
import dev.sluice.server.store.Dialect;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.TestStore;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.testkit.host.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a receiver of OpenLineage gets of real syncs. */
class LineageTest {
    private static final String CANARY = "canary-7f";

    @TempDir
    Path directory;

    private final Queue<Map<String, @Nullable Object>> events = new ConcurrentLinkedQueue<>();
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final TestStore opened = TestStore.open(Dialect.SQLITE);
    private @Nullable HttpServer receiver;
    private @Nullable Lineage lineage;
    private @Nullable Workshop workshop;

    @BeforeEach
    void listen() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::receive);
        http.start();
        receiver = http;
        Map<String, String> environment = Map.of(
                "OPENLINEAGE_URL", "http://127.0.0.1:" + http.getAddress().getPort() + "/",
                "OPENLINEAGE_API_KEY", "a key",
                "OPENLINEAGE_NAMESPACE", "team");
        Lineage made =
                new Lineage(LineageSettings.of(environment).orElseThrow(), Clock.systemUTC(), Duration.ofMillis(10));
        lineage = made;
        workshop = new Workshop(opened.store(), Limits.USUAL, List.of(made));
    }

    @AfterEach
    void close() {
        workshop().close();
        Objects.requireNonNull(lineage).close();
        Objects.requireNonNull(receiver).stop(0);
        opened.close();
    }

    private Workshop workshop() {
        return Objects.requireNonNull(workshop);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        heads.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        boolean isRefused = refusals.getAndDecrement() > 0;
        if (!isRefused) {
            events.add(JsonText.object(content));
        }
        exchange.sendResponseHeaders(isRefused ? 503 : 201, -1);
        exchange.close();
    }

    private Connection connection(String mappers) {
        Actor source = workshop().actor(ConnectorKind.SOURCE, "sample", Map.of("count", 50));
        Actor lake = workshop()
                .actor(
                        ConnectorKind.DESTINATION,
                        "sqlite",
                        Map.of("path", directory.resolve("lake.sqlite").toString()));
        return workshop()
                .connection(
                        source,
                        lake,
                        new ConnectionStream(
                                StreamId.of("users"),
                                true,
                                "full_refresh_overwrite",
                                new Json("{\"mappers\":" + mappers + "}")));
    }

    private List<Map<String, @Nullable Object>> events(int most) {
        Await.until(most + " events", () -> events.size() >= most);
        return List.copyOf(events);
    }

    private static Object at(Object value, Object... path) {
        Object found = value;
        for (Object part : path) {
            found = part instanceof Integer place
                    ? ((List<?>) found).get(place)
                    : Objects.requireNonNull(((Map<?, ?>) found).get(part), part + " in " + found);
        }
        return found;
    }

    @Test
    void aSyncIsToldFromItsPlanToItsEndWithColumnsAndNumbers() {
        refusals.set(2);
        Job job = workshop()
                .run(
                        connection("[{\"type\":\"hashing\",\"mapperConfiguration\":{\"targetField\":\"email\","
                            + "\"method\":\"SHA-256\",\"fieldNameSuffix\":\"_hashed\"}},"
                            + "{\"type\":\"field-renaming\",\"mapperConfiguration\":{\"originalFieldName\":\"name\","
                            + "\"newFieldName\":\"called\"}},"
                            + "{\"type\":\"row-filtering\",\"mapperConfiguration\":{\"conditions\":{\"type\":\"EQUAL\","
                            + "\"fieldName\":\"gender\",\"comparisonValue\":\"" + CANARY + "\"}}}]"),
                        JobKind.SYNC,
                        Json.EMPTY);
        assertThat(job.status()).as(workshop().log(job).toString()).isEqualTo(JobStatus.SUCCEEDED);
        List<Map<String, @Nullable Object>> told = events(2);
        assertThat(told).extracting(event -> event.get("eventType")).containsExactly("START", "COMPLETE");
        assertThat(heads).hasSize(4).allMatch("/api/v1/lineage Bearer a key"::equals);
        assertThat(at(told.getFirst(), "run", "runId")).isEqualTo(at(told.getLast(), "run", "runId"));
        Map<String, @Nullable Object> end = told.getLast();
        assertThat(at(end, "job", "namespace")).isEqualTo("team");
        assertThat(at(end, "job", "name")).isEqualTo("sample to lake");
        assertThat(at(end, "inputs", 0, "namespace")).isEqualTo("sample://sample");
        assertThat(at(end, "inputs", 0, "name")).isEqualTo("users");
        assertThat(at(end, "outputs", 0, "namespace")).isEqualTo("file");
        assertThat(String.valueOf(at(end, "outputs", 0, "name"))).endsWith("lake.sqlite.users");
        assertThat(at(end, "inputs", 0, "inputFacets", "inputStatistics", "rowCount"))
                .isEqualTo(50);
        assertThat(at(end, "outputs", 0, "outputFacets", "outputStatistics", "rowCount"))
                .isEqualTo(0);
        assertThat(at(end, "outputs", 0, "facets", "schema", "fields").toString())
                .contains("name=email_hashed", "name=called")
                .doesNotContain("name=email,", "name=name,");
        Object lineage = at(end, "outputs", 0, "facets", "columnLineage");
        assertThat(at(lineage, "fields", "email_hashed", "inputFields", 0, "field"))
                .isEqualTo("email");
        assertThat(at(lineage, "fields", "email_hashed", "inputFields", 0, "transformations", 0, "masking"))
                .isEqualTo(true);
        assertThat(at(lineage, "fields", "called", "inputFields", 0, "transformations", 0, "subtype"))
                .isEqualTo("IDENTITY");
        assertThat(at(lineage, "dataset", 0, "field")).isEqualTo("gender");
        assertThat(told.toString()).as("names, and no values").doesNotContain(CANARY);
    }

    @Test
    void aSyncThatFailsSaysWhy() {
        Job job = workshop()
                .run(
                        connection("[{\"type\":\"hashing\",\"mapperConfiguration\":{\"targetField\":\"nowhere\","
                                + "\"method\":\"SHA-256\",\"fieldNameSuffix\":\"_hashed\"}}]"),
                        JobKind.SYNC,
                        Json.EMPTY);
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        Map<String, @Nullable Object> end = events(2).get(1);
        assertThat(end).containsEntry("eventType", "FAIL").containsEntry("inputs", List.of());
        assertThat(at(end, "run", "facets", "errorMessage", "message").toString())
                .contains("nowhere");
    }

    @Test
    void nobodyIsToldUnlessTheEnvironmentSaysWho() {
        assertThat(LineageSettings.of(Map.of())).isEmpty();
        Map<String, String> off = Map.of("OPENLINEAGE_URL", "https://l.example", "OPENLINEAGE_DISABLED", "true");
        assertThat(LineageSettings.of(off)).isEmpty();
        LineageSettings settings = LineageSettings.of(
                        Map.of("OPENLINEAGE_URL", "https://l.example/base/", "OPENLINEAGE_API_KEY", CANARY))
                .orElseThrow();
        assertThat(settings.receiver()).hasToString("https://l.example/base/api/v1/lineage");
        assertThat(settings.toString()).doesNotContain(CANARY);
    }
}
