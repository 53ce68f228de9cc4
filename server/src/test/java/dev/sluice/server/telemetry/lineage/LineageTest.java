package dev.sluice.server.telemetry.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.ConnectorSpec;
import dev.sluice.server.definitions.FieldProblem;
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
import dev.sluice.testkit.host.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
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

    /** What OpenLineage's specification demands of an event and its facets. */
    private static final ConnectorSpec FACTS = facts();

    @TempDir
    Path directory;

    private final Queue<Map<String, @Nullable Object>> events = new ConcurrentLinkedQueue<>();
    private final Queue<FieldProblem> malformed = new ConcurrentLinkedQueue<>();
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-01T10:00:00Z"));
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
        Lineage made = new Lineage(settings(), opened.store(), clock);
        lineage = made;
        workshop = new Workshop(opened.store(), Limits.USUAL, List.of(made));
    }

    @AfterEach
    void close() {
        workshop().close();
        Objects.requireNonNull(receiver).stop(0);
        opened.close();
    }

    private LineageSettings settings() {
        int port = Objects.requireNonNull(receiver).getAddress().getPort();
        Map<String, String> environment = Map.of(
                "OPENLINEAGE_URL", "http://127.0.0.1:" + port + "/",
                "OPENLINEAGE_API_KEY", "a key",
                "OPENLINEAGE_NAMESPACE", "team");
        return LineageSettings.of(environment).orElseThrow();
    }

    private Workshop workshop() {
        return Objects.requireNonNull(workshop);
    }

    private void receive(HttpExchange exchange) throws IOException {
        String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        heads.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        boolean isRefused = refusals.getAndDecrement() > 0;
        if (!isRefused) {
            Map<String, @Nullable Object> event = JsonText.object(content);
            malformed.addAll(FACTS.problems(event, _ -> false));
            events.add(event);
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
        Objects.requireNonNull(lineage).deliver();
        assertThat(events).hasSize(most);
        assertThat(malformed).isEmpty();
        return List.copyOf(events);
    }

    private static ConnectorSpec facts() {
        try (InputStream text = Objects.requireNonNull(LineageTest.class.getResourceAsStream("openlineage.json"))) {
            return ConnectorSpec.of(new Json(new String(text.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private long waiting() {
        return opened.store().read(transaction -> transaction.count("SELECT count(*) AS n FROM lineage_event"));
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
        assertThat(heads).hasSize(2).allMatch("/api/v1/lineage Bearer a key"::equals);
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
    void whatDoesNotArriveWaitsInTheStoreAndKeepsItsOrder() {
        workshop().run(connection("[]"), JobKind.SYNC, Json.EMPTY);
        assertThat(waiting()).as("a start and an end").isEqualTo(2);
        assertThat(heads).as("no run waits for the receiver").isEmpty();
        Lineage told = Objects.requireNonNull(lineage);
        refusals.set(2);
        told.deliver();
        told.deliver();
        assertThat(heads).as("it rests before it tries again").hasSize(1);
        clock.advance(LineageSender.pause(0));
        told.deliver();
        assertThat(waiting()).isEqualTo(2);
        // Another server takes it from here: all that it needs is in the store.
        lineage = new Lineage(settings(), opened.store(), clock);
        clock.advance(LineageSender.pause(1));
        assertThat(events(2)).extracting(event -> event.get("eventType")).containsExactly("START", "COMPLETE");
        assertThat(waiting()).isZero();
    }

    @Test
    void whatIsRefusedAgainAndAgainDoesNotHoldUpTheOthersForEver() {
        workshop().run(connection("[]"), JobKind.SYNC, Json.EMPTY);
        refusals.set(LineageSender.TRIES);
        for (int tried = 0; tried < LineageSender.TRIES; tried++) {
            Objects.requireNonNull(lineage).deliver();
            clock.advance(LineageSender.pause(tried));
        }
        assertThat(events(1)).extracting(event -> event.get("eventType")).containsExactly("COMPLETE");
        assertThat(waiting()).isZero();
    }

    @Test
    void ofAReceiverThatIsAwayForTooLongTheOldestGo() {
        LineageSender sender = new LineageSender(settings(), opened.store(), clock);
        opened.store().change(transaction -> {
            for (int i = 0; i < LineageSender.MOST; i++) {
                transaction.change("INSERT INTO lineage_event (event, tries, due_at) VALUES ('{}', 0, 0)");
            }
        });
        sender.add("{\"last\": true}");
        assertThat(waiting()).isEqualTo(LineageSender.MOST);
        assertThat(opened.store()
                        .<Long>read(transaction ->
                                transaction.count("SELECT count(*) AS n FROM lineage_event WHERE event LIKE '%last%'")))
                .isEqualTo(1);
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
    void theFactsAboutEventsNoticeWhatIsWrong() {
        for (String member : List.of("run", "job", "inputs", "eventTime", "producer")) {
            assertThat(FACTS.problems(Map.of(member, "wrong"), _ -> false))
                    .as(member)
                    .anyMatch(problem -> problem.words().contains(member));
        }
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
