package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.dist.product.Sluice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a file that become objects of a service over HTTP, which refuses some and is left in the middle of things. */
class ApiActivationTest {
    private static final int ROWS = 400;
    private static final Pattern MAIL = Pattern.compile("\"mail\":\"([^\"]+)\"");

    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean strict = true;

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
        List<String> lines = new ArrayList<>(List.of("mail,name"));
        IntStream.range(0, ROWS).forEach(n -> lines.add("m" + n + "@x.org," + (n % 10 == 3 ? "poison" : "n" + n)));
        Files.write(folder.resolve("people.csv"), lines);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Takes a request with all its records or none, and one whose key it has had but once. */
    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.incrementAndGet();
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            boolean refused = strict && body.contains("poison");
            if (!refused && (key == null || known.add(key))) {
                Matcher mails = MAIL.matcher(body);
                while (mails.find()) {
                    arrived.add(mails.group(1));
                }
                names.addAll(NAME.matcher(body)
                        .results()
                        .map(found -> found.group(1))
                        .toList());
            }
            byte[] answer =
                    (refused ? "{\"message\": \"the name is on the list\"}" : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refused ? 422 : 200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private void project(String destination, String stream) throws IOException {
        Files.writeString(folder.resolve("sluice.yaml"), """
            source: {connector: file, config: {path: people.csv}}
            destination: %s
            streams:
              people: {%s}
            """.formatted(
                destination.formatted("http://localhost:" + server.getAddress().getPort()),
                stream.contains("map:") ? stream : stream + ", map: {mail: mail, name: name}"));
    }

    private static final String DEFINITION = """
        requester: {url_base: "{{ config.url }}"}
        objects:
          - name: people
            fields: {declared: [{name: mail, required: true}, {name: name}]}
            operations:
              upsert:
                matching_keys: [[mail]]
                requester: {path: /people, http_method: PUT}
                batch: {max_records: 50}
        """;

    @Test
    void allButThePoisonedArriveAndTheRestAfterTheFixAndThenNothingIsSent() throws IOException {
        Files.writeString(folder.resolve("crm.yaml"), DEFINITION);
        project(
                "{connector: {destination: crm.yaml}, config: {url: \"%s\"}}",
                "object: people, mode: full_refresh_upsert");
        Sluice sluice = Sluice.in(folder);

        assertThat(sluice.run("plan").expect(0).out()).contains("objects are found by mail", "50 records a request");
        Sluice.Result first = sluice.run("sync", "-o", "json").expect(0);
        assertThat(first.out()).contains("\"rows_loaded\":360", "\"rows_rejected\":40");
        assertThat(new TreeSet<>(arrived)).hasSize(360).doesNotContain("m3@x.org");
        assertThat(sluice.run("rejects", "list").expect(0).out()).contains("REFUSED", "40");
        assertThat(sluice.run("rejects", "show").expect(0).out()).contains("the name is on the list", "m3@x.org");

        project(
                "{connector: {destination: crm.yaml}, config: {url: \"%s\"}}",
                "object: people, mode: full_refresh_upsert, map: {mail: mail, name: {expression: \"name || '!'\"}}");
        assertThat(sluice.run("rejects", "replay").code()).isEqualTo(4);
        assertThat(sluice.run("rejects", "show", "--limit", "1").out())
                .as("what was sent the last time, beside what came")
                .contains("\"name\":\"poison\"", "\"name\":\"poison!\"");
        project(
                "{connector: {destination: crm.yaml}, config: {url: \"%s\"}}",
                "object: people, mode: full_refresh_upsert, map: {mail: mail, name: {expression: \"replace(name,"
                        + " 'poison', 'cured')\"}}");
        sluice.run("rejects", "replay").expect(0);
        assertThat(new TreeSet<>(arrived))
                .as("mapped anew, all are there: both sides are equal")
                .hasSize(ROWS);
        assertThat(names).contains("cured").doesNotContain("poison");
        int before = requests.get();
        Sluice.Result second = sluice.run("sync", "-o", "json").expect(0);
        assertThat(second.out()).contains("\"rows_unchanged\":" + ROWS);
        assertThat(requests.get()).as("an unchanged run sends nothing").isEqualTo(before);
    }

    @Test
    void aServiceThatKnowsRequestsAgainGetsEachRecordOnceWhereverTheRunIsKilled() throws IOException {
        strict = false;
        project(
                "{connector: rest, config: {url: \"%s\", batch_size: 50, idempotency_header: Idempotency-Key}}",
                "object: records, mode: full_refresh_insert");
        for (String cut : List.of("before-request:2", "after-request:3", "before-object-commit")) {
            Sluice.in(folder).cutAt(cut).run("sync").expect(Sluice.KILLED);
        }
        Sluice.in(folder).run("sync").expect(0);
        assertThat(arrived).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void whatMayHaveArrivedIsListedAndNotSentAgain() throws IOException {
        strict = false;
        project(
                "{connector: rest, config: {url: \"%s\", batch_size: 50}}",
                "object: records, mode: full_refresh_insert");
        Sluice.in(folder).cutAt("after-request:3").run("sync").expect(Sluice.KILLED);
        Sluice.Result rest = Sluice.in(folder).run("sync").expect(0);
        assertThat(arrived).doesNotHaveDuplicates();
        assertThat(rest.out() + rest.err()).contains("records are in doubt");
        String doubt =
                Sluice.in(folder).run("rejects", "list", "-o", "json").expect(0).out();
        assertThat(doubt).contains("IN_DOUBT", "nobody knows whether it arrived");
        assertThat(arrived).as("only what is in doubt is missing").hasSizeGreaterThanOrEqualTo(ROWS - 4 * 50);
    }
}
