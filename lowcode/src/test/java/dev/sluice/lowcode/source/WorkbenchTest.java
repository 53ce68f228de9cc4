package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.workbench.ExchangeKind;
import dev.sluice.spi.workbench.Finding;
import dev.sluice.spi.workbench.SchemaDifference;
import dev.sluice.spi.workbench.TestLimits;
import dev.sluice.spi.workbench.TestPage;
import dev.sluice.spi.workbench.TestRead;
import dev.sluice.spi.workbench.TestRequest;
import dev.sluice.spi.workbench.TestResult;
import dev.sluice.spi.workbench.TestStart;
import dev.sluice.spi.workbench.TestWarning;
import dev.sluice.spi.workbench.WireExchange;
import dev.sluice.spi.workbench.Workbench;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A manifest that is tried out: what is seen of it, what is learnt, and what is hidden. */
class WorkbenchTest {
    private static final String MANIFEST = """
        version: 6.0.0
        type: DeclarativeSource
        check: {type: CheckStream, stream_names: [shops]}
        streams:
          - type: DeclarativeStream
            name: shops
            primary_key: id
            schema_loader:
              type: InlineSchemaLoader
              schema: {type: object, properties: {id: {type: integer}, name: {type: integer}, gone: {type: string}}}
            retriever:
              type: SimpleRetriever
              requester: &requester
                type: HttpRequester
                url_base: "{{ config['url'] }}"
                path: /shops
                http_method: GET
                authenticator:
                  type: OAuthAuthenticator
                  token_refresh_endpoint: "{{ config['url'] }}/token"
                  client_id: me
                  client_secret: "{{ config['secret'] }}"
                  refresh_token: "{{ config['refresh'] }}"
              record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [items]}}
              paginator:
                type: DefaultPaginator
                page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: page}
                pagination_strategy: {type: PageIncrement, page_size: 2, start_from_page: 1}
          - type: DeclarativeStream
            name: orders
            primary_key: id
            incremental_sync:
              type: DatetimeBasedCursor
              cursor_field: at
              datetime_format: "%Y-%m-%dT%H:%M:%SZ"
              start_datetime: "2024-01-01T00:00:00Z"
            retriever:
              type: SimpleRetriever
              requester:
                <<: *requester
                path: "/shops/{{ stream_partition.shop }}/orders"
              record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [items]}}
              partition_router:
                type: SubstreamPartitionRouter
                parent_stream_configs:
                  - {type: ParentStreamConfig, parent_key: id, partition_field: shop, stream: "#/streams/0"}
        spec:
          type: Spec
          connection_specification:
            type: object
            properties:
              url: {type: string}
              secret: {type: string, airbyte_secret: true}
              refresh: {type: string, airbyte_secret: true}
        """;

    private final FakeService service = new FakeService();
    private final Reading host = new Reading();
    private final Workbench bench = new ManifestWorkbench(Clock.systemUTC());

    @AfterEach
    void stop() {
        service.close();
    }

    private Config config() {
        return Config.of(Map.of("url", service.url(), "secret", "very-secret-text", "refresh", "fresh+token/1"));
    }

    private TestRequest request(String manifest, String stream) {
        return new TestRequest(manifest, stream, config(), TestLimits.USUAL, TestStart.BEGINNING, true, null);
    }

    private TestResult run(TestRequest request) {
        host.atNow();
        return bench.open(request, host).run(progress -> {});
    }

    private FakeService.Reply shop(FakeService.Asked asked) {
        return switch (asked.path()) {
            case "/token" -> FakeService.Reply.json("{\"access_token\": \"given-to-me\", \"expires_in\": 3600}");
            case "/shops" ->
                FakeService.Reply.json(
                        switch (asked.query().getOrDefault("page", "1")) {
                            case "1" -> "{\"items\": [{\"id\": 1, \"name\": \"a\"}, {\"id\": 2, \"name\": \"b\"}]}";
                            default ->
                                "{\"items\": [{\"id\": 3, \"name\": \"c\", \"note\": \"very-secret-text is mine\"}]}";
                        });
            default -> FakeService.Reply.json("{\"items\": [{\"id\": 7, \"at\": \"2024-02-01T10:00:00Z\"}]}");
        };
    }

    private static List<String> codes(TestResult result) {
        return result.findings().warnings().stream().map(TestWarning::code).toList();
    }

    private static WireExchange exchange(TestPage page) {
        return Objects.requireNonNull(page.exchange());
    }

    @Test
    void pagesComeWithTheRequestsThatTheyWereAskedBy() {
        service.answer(this::shop);
        TestResult result = run(request(MANIFEST, "shops"));
        assertThat(result.end().problem()).isNull();
        assertThat(result.slices()).hasSize(1);
        List<TestPage> pages = result.slices().getFirst().pages();
        assertThat(pages).extracting(page -> page.records().size()).containsExactly(2, 1);
        assertThat(exchange(pages.get(1)).request().url()).endsWith("/shops?page=2");
        assertThat(exchange(pages.get(1)).about().path()).isEqualTo("streams/0/retriever/requester");
        assertThat(result.slices().getFirst().others())
                .extracting(each -> each.about().kind())
                .containsExactly(ExchangeKind.AUTH);
        assertThat(result.end().limited()).isFalse();
    }

    @Test
    void noSecretIsShownWhereverItAppears() {
        service.answer(this::shop);
        TestResult result = run(request(MANIFEST, "shops"));
        String all = result.toString() + result.recording();
        assertThat(all).doesNotContain("very-secret-text", "fresh+token", "fresh%2Btoken", "given-to-me");
        assertThat(result.records().getLast()).contains("********** is mine");
        assertThat(exchange(result.slices().getFirst().pages().getFirst())
                        .request()
                        .headers())
                .containsEntry("Authorization", "Bearer **********");
    }

    @Test
    void whatIsLearntOfTheRecordsIsTold() {
        service.answer(this::shop);
        TestResult result = run(request(MANIFEST, "shops"));
        assertThat(result.findings().schema().differences())
                .extracting(SchemaDifference::path, SchemaDifference::kind)
                .contains(
                        tuple("name", SchemaDifference.Kind.TYPE),
                        tuple("note", SchemaDifference.Kind.ADDED),
                        tuple("gone", SchemaDifference.Kind.REMOVED));
        assertThat(codes(result)).containsExactly("schema_mismatch", "schema_incomplete");
        assertThat(result.findings().preview().columns()).hasSize(3);
        assertThat(result.findings().preview().problems()).isNotEmpty();
    }

    @Test
    void parentsAreAskedAsideAndSlicesHaveTheirState() {
        service.answer(this::shop);
        TestResult result = run(request(MANIFEST, "orders"));
        assertThat(result.end().problem()).isNull();
        assertThat(result.slices()).hasSize(3);
        assertThat(result.slices().getFirst().descriptor()).contains("\"shop\"");
        assertThat(result.slices().getFirst().state()).contains("2024-02-01");
        assertThat(result.others())
                .filteredOn(each -> each.about().kind() == ExchangeKind.PARENT_STREAM)
                .extracting(each -> each.about().stream())
                .containsOnly("shops");
        assertThat(result.findings().preview().rows().getFirst())
                .singleElement()
                .asString()
                .contains("2024-02-01");
        assertThat(result.findings().schema().datetimeFormats()).containsEntry("at", "%Y-%m-%dT%H:%M:%SZ");
        assertThat(codes(result)).contains("key_not_unique", "schema_missing");
    }

    @Test
    void theLimitsEndIt() {
        service.answer(this::shop);
        TestLimits limits = new TestLimits(1000, 1, 2, Duration.ofMinutes(1));
        TestResult result = run(new TestRequest(MANIFEST, "orders", config(), limits, TestStart.BEGINNING, true, null));
        assertThat(result.slices()).hasSize(2);
        assertThat(result.end().limited()).isTrue();
        TestResult one = run(
                new TestRequest(MANIFEST, "orders", config(), TestLimits.USUAL, new TestStart(null, 2), true, null));
        assertThat(one.slices()).hasSize(1);
        assertThat(one.slices().getFirst().descriptor()).contains("3");
    }

    @Test
    void whatFailsIsShownWithItsRequestAndThePartThatAsked() {
        service.answer(asked -> asked.path().equals("/token")
                ? shop(asked)
                : FakeService.Reply.status(403, Map.of("Content-Type", "application/json")));
        TestResult result = run(request(MANIFEST, "shops"));
        assertThat(Objects.requireNonNull(result.end().problem()).code()).isEqualTo("E_AUTH_REFUSED");
        assertThat(result.end().path()).isEqualTo("streams/0/retriever/requester/authenticator");
        WireExchange shown = exchange(result.slices().getFirst().pages().getFirst());
        assertThat(Objects.requireNonNull(shown.response()).status()).isEqualTo(403);
    }

    @Test
    void whatIsRepeatedIsSeen() {
        AtomicInteger asked = new AtomicInteger();
        service.answer(call -> call.path().equals("/shops") && asked.incrementAndGet() == 1
                ? FakeService.Reply.status(503, Map.of("Retry-After", "0"))
                : shop(call));
        TestResult result = run(request(MANIFEST, "shops"));
        List<WireExchange> others = result.slices().getFirst().others();
        WireExchange failed = others.getLast();
        assertThat(failed.about().kind()).isEqualTo(ExchangeKind.PAGE);
        assertThat(exchange(result.slices().getFirst().pages().getFirst()).retryOf())
                .isEqualTo(failed.index());
        TestResult without =
                run(new TestRequest(MANIFEST, "shops", config(), TestLimits.USUAL, TestStart.BEGINNING, false, null));
        assertThat(without.end().problem()).isNull();
    }

    @Test
    void whatWasRecordedIsRunAgainWithoutTheServiceAndWithoutSecrets() {
        service.answer(this::shop);
        TestResult first = run(request(MANIFEST, "orders"));
        String recording = Objects.requireNonNull(first.recording());
        assertThat(bench.recorded(recording).stream()).isEqualTo("orders");
        service.answer(asked -> FakeService.Reply.status(500, Map.of()));
        Config masked = bench.recorded(recording).config();
        TestResult again = bench.open(
                        new TestRequest(
                                MANIFEST, "orders", masked, TestLimits.USUAL, TestStart.BEGINNING, true, recording),
                        host)
                .run(progress -> {});
        assertThat(again.end().problem()).isNull();
        assertThat(again.records())
                .isEqualTo(first.records())
                .isEqualTo(bench.recorded(recording).records());
        assertThat(service.asked()).isEmpty();

        TestResult changed = bench.open(
                        new TestRequest(
                                MANIFEST.replace("page_size: 2", "page_size: 1"),
                                "shops",
                                masked,
                                TestLimits.USUAL,
                                TestStart.BEGINNING,
                                true,
                                recording.replace("page=2", "page=9")),
                        host)
                .run(progress -> {});
        assertThat(Objects.requireNonNull(changed.end().problem()).code()).isEqualTo("E_NOT_RECORDED");
        assertThat(changed.end().problem().toString()).contains("page=2", "page=9");
    }

    @Test
    void aTestCanBeCancelledWhileItWaits() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(1);
        service.answer(asked -> {
            waiting.countDown();
            return FakeService.Reply.status(429, Map.of("Retry-After", "300"));
        });
        host.atNow();
        TestRead read =
                bench.open(request(MANIFEST.replace("type: OAuthAuthenticator", "type: NoAuth"), "shops"), host);
        AtomicReference<@Nullable TestResult> result = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> result.set(read.run(progress -> {})));
        assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
        read.cancel();
        assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
        TestResult ended = Objects.requireNonNull(result.get());
        assertThat(Objects.requireNonNull(ended.end().problem()).code()).isEqualTo("E_CANCELLED");
    }

    @Test
    void theTimeIsALimitToo() {
        service.answer(asked -> FakeService.Reply.status(429, Map.of("Retry-After", "300")));
        TestLimits limits = new TestLimits(1000, 5, 5, Duration.ofMillis(300));
        String manifest = MANIFEST.replace("type: OAuthAuthenticator", "type: NoAuth");
        TestResult result = run(new TestRequest(manifest, "shops", config(), limits, TestStart.BEGINNING, true, null));
        assertThat(Objects.requireNonNull(result.end().problem()).code()).isEqualTo("E_TEST_TIME");
    }

    @Test
    void aManifestIsCheckedWithItsLines() {
        assertThat(bench.check(MANIFEST).findings())
                .extracting(Finding::isError)
                .doesNotContain(true);
        assertThat(bench.check(MANIFEST).streams())
                .extracting(stream -> stream.name() + stream.primaryKey() + stream.cursor())
                .containsExactly("shops[[id]][]", "orders[[id]][at]");
        assertThat(bench.check(MANIFEST).spec().orElseThrow()).contains("airbyte_secret");

        List<Finding> found = new ArrayList<>(bench.check(MANIFEST.replace("PageIncrement", "PageIncrment")
                        .replace("config['secret']", "config['secrt']")
                        .replace("[shops]", "[shop]"))
                .findings());
        assertThat(found)
                .extracting(finding -> finding.line() + " " + finding.isError() + " "
                        + finding.problem().message())
                .anySatisfy(text -> assertThat(text).contains("PageIncrment is not known"))
                .anySatisfy(text -> assertThat(text).contains("the option secrt is none"));
        int line = MANIFEST.lines()
                        .toList()
                        .indexOf(MANIFEST.lines()
                                .filter(each -> each.contains("PageIncrement"))
                                .findFirst()
                                .orElseThrow())
                + 1;
        assertThat(found).extracting(Finding::line).contains(line);
    }

    @Test
    void textThatIsNoManifestIsToldWithItsPlace() {
        Finding broken = bench.check("a: [1\nb: {").findings().getFirst();
        assertThat(broken.isError()).isTrue();
        assertThat(broken.line()).isPositive();
        assertThat(bench.check("").isUsable()).isFalse();
        assertThat(bench.check("streams: [{$ref: '#/nothing'}]")
                        .findings()
                        .getFirst()
                        .path())
                .isEqualTo("streams/0");
        assertThat(bench.check(MANIFEST.replace("config['url'] }}/token", "config['url' }}/token"))
                        .findings())
                .anySatisfy(finding -> assertThat(finding.path())
                        .isEqualTo("streams/0/retriever/requester/authenticator/token_refresh_endpoint"));
    }
}
