package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.source.FakeService.Asked;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A manifest as a source: pages, partitions, cursors, states and errors over a service on this machine. */
class ManifestSourceTest {
    private static FakeService service = new FakeService();

    private final Reading reading = new Reading();

    @BeforeAll
    static void start() {
        service.close();
        service = new FakeService();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String manifest(String more, String paginator, String stream) {
        return """
            version: "6"
            type: DeclarativeSource
            check: {type: CheckStream, stream_names: [items]}
            definitions:
              requester:
                type: HttpRequester
                url_base: "{{ config['url'] }}"
                path: /items
                authenticator: {type: BearerAuthenticator, api_token: "{{ config['token'] }}"}
                MORE
            streams:
              - type: DeclarativeStream
                name: items
                primary_key: id
                STREAM
                retriever:
                  type: SimpleRetriever
                  requester: {$ref: "#/definitions/requester"}
                  record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [data]}}
                  PAGINATOR
                schema_loader:
                  type: InlineSchemaLoader
                  schema:
                    type: object
                    properties:
                      id: {type: [integer, "null"]}
                      name: {type: [string, "null"]}
                      at: {type: [string, "null"], format: date-time}
            spec:
              type: Spec
              connection_specification:
                type: object
                required: [token]
                properties: {token: {type: string, airbyte_secret: true}, url: {type: string}}
            """.replace("MORE", more).replace("PAGINATOR", paginator).replace("STREAM", stream);
    }

    private Source open(String manifest) {
        return reading.open(manifest, Map.of("url", service.url(), "token", "1234e5"));
    }

    private static String items(int from, int count) {
        StringBuilder items = new StringBuilder("{\"data\": [");
        for (int i = from; i < from + count; i++) {
            items.append(i == from ? "" : ",")
                    .append("{\"id\": ")
                    .append(i)
                    .append(", \"name\": \"n")
                    .append(i)
                    .append("\"}");
        }
        return items.append("]}").toString();
    }

    @Test
    void pagesAreReadUntilOneIsShort() {
        service.answer(request -> {
            int page = Integer.parseInt(request.query().getOrDefault("page", "0"));
            return Reply.json(items(page * 2, page < 2 ? 2 : 1));
        });
        try (Source source = open(manifest("", """
            paginator: {type: DefaultPaginator, page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: page}, pagination_strategy: {type: PageIncrement, page_size: 2}}\
            """, ""))) {
            assertThat(reading.full(source, "items").all("id")).containsExactly("0", "1", "2", "3", "4");
        }
        assertThat(service.asked()).hasSize(3);
        assertThat(service.asked().getFirst().headers().get("Authorization")).isEqualTo("Bearer 1234e5");
    }

    @Test
    void theNextAddressOfAnAnswerIsFollowed() {
        service.answer(request -> request.query().containsKey("after")
                ? Reply.json(items(2, 1))
                : new Reply(200, Map.of("Link", "<" + service.url() + "/items?after=2>; rel=\"next\""), items(0, 2)));
        try (Source source = open(manifest("", """
            paginator: {type: DefaultPaginator, page_token_option: {type: RequestPath}, pagination_strategy: {type: CursorPagination, cursor_value: "{{ headers['link']['next']['url'] }}", stop_condition: "{{ 'next' not in headers['link'] }}"}}\
            """, ""))) {
            assertThat(reading.full(source, "items").all("name")).containsExactly("n0", "n1", "n2");
        }
    }

    @Test
    void aPageThatLeadsToItselfIsAnError() {
        service.answer(request -> Reply.json(items(0, 1)));
        try (Source source = open(manifest("", """
            paginator: {type: DefaultPaginator, page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: c}, pagination_strategy: {type: CursorPagination, cursor_value: same}}\
            """, ""))) {
            assertThatThrownBy(() -> reading.full(source, "items"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            failure -> assertThat(failure.problem().code()).isEqualTo("E_PAGINATION"));
        }
    }

    @Test
    void aBusyServiceIsAskedAgainAfterAWhile() {
        service.answer(request -> switch (service.asked().size()) {
            case 1 -> Reply.status(429, Map.of("Retry-After", "7"));
            case 2 -> Reply.status(500, Map.of());
            default -> Reply.json(items(0, 1));
        });
        reading.at("2024-03-10T00:00:00Z");
        try (Source source = open(manifest("", "", ""))) {
            assertThat(reading.full(source, "items").all("id")).containsExactly("0");
        }
        assertThat(reading.since("2024-03-10T00:00:00Z").toSeconds()).isEqualTo(7 + 2);
        assertThat(reading.log()).anyMatch(line -> line.contains("HTTP 429"));
    }

    @Test
    void whatNobodyMayReadIsSaidWithoutTheToken() {
        service.answer(request -> Reply.status(401, Map.of()));
        try (Source source = open(manifest("", "", ""))) {
            var problem = source.check().firstProblem().orElseThrow();
            assertThat(problem.code()).isEqualTo("E_AUTH_REFUSED");
            assertThat(problem.toString()).contains("/items").doesNotContain("1234e5");
        }
        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void rulesOfTheManifestGoBeforeTheUsualOnes() {
        service.answer(request -> Reply.status(404, Map.of()));
        try (Source source = open(manifest(
                "error_handler: {type: DefaultErrorHandler, response_filters: [{http_codes: [404], action: IGNORE}]}",
                "",
                ""))) {
            assertThat(reading.full(source, "items").rows()).isEmpty();
        }
    }

    private static final String CURSOR = """
        incremental_sync: {type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%Y-%m-%dT%H:%M:%SZ", start_datetime: "2024-03-01T00:00:00Z", step: P5D, cursor_granularity: PT1S, start_time_option: {type: RequestOption, inject_into: request_parameter, field_name: from}, end_time_option: {type: RequestOption, inject_into: request_parameter, field_name: to}}\
        """;

    private static Reply day(FakeService.Asked request, String... days) {
        StringBuilder items = new StringBuilder();
        for (String day : days) {
            String at = "2024-03-" + day + "T00:00:00Z";
            boolean inside = at.compareTo(request.query().getOrDefault("from", "")) >= 0
                    && at.compareTo(request.query().getOrDefault("to", "9")) <= 0;
            if (inside) {
                items.append(items.isEmpty() ? "" : ",")
                        .append("{\"id\":")
                        .append(day.replaceFirst("^0", ""))
                        .append(",\"at\":\"")
                        .append(at)
                        .append("\"}");
            }
        }
        return Reply.json("{\"data\": [" + items + "]}");
    }

    @Test
    void incrementsGoOnFromTheNewestRecord() {
        service.answer(request -> day(request, "02", "07"));
        try (Source source = open(manifest("", "", CURSOR))) {
            Reading.Result first = reading.incremental(source, "items", null);
            assertThat(first.all("id")).containsExactlyInAnyOrder("2", "7");
            assertThat(service.asked().stream()
                            .map(request -> request.query().get("from") + " "
                                    + request.query().get("to")))
                    .containsExactlyInAnyOrder(
                            "2024-03-01T00:00:00Z 2024-03-05T23:59:59Z", "2024-03-06T00:00:00Z 2024-03-10T00:00:00Z");
            Position end = Objects.requireNonNull(first.end());
            assertThat(end.value()).isEqualTo("{\"at\":\"2024-03-07T00:00:00Z\"}");
            service.answer(request -> day(request, "02", "07", "09"));
            Reading.Result second = reading.incremental(source, "items", end);
            assertThat(second.all("id")).containsExactly("7", "9");
            assertThat(Objects.requireNonNull(second.end()).value()).contains("2024-03-09");
        }
    }

    @Test
    void anInterruptedReadGoesOnWithTheSlicesThatAreMissing() {
        service.answer(request -> day(request, "02", "03", "04", "07"));
        String oneByOne = "\nconcurrency_level: {type: ConcurrencyLevel, default_concurrency: 1}\n";
        try (Source source = open(manifest("", "", CURSOR) + oneByOne)) {
            StreamRead read = reading.wish(source, "items", SyncMode.INCREMENTAL);
            if (!(source.plan(read, new ReadStart.Beginning()) instanceof PlanResult.Planned(var planned))) {
                throw new AssertionError();
            }
            var plan = planned.plan();
            String position;
            try (SplitReader reader = source.open(read, plan, plan.splits().getFirst(), null, reading.new Host())) {
                assertThat(Objects.requireNonNull(reader.read()).rows()).isEqualTo(3);
                position = Objects.requireNonNull(reader.position());
            }
            reading.at("2024-03-20T00:00:00Z");
            service.answer(request -> day(request, "02", "03", "04", "07"));
            try (SplitReader reader = source.open(read, plan, plan.splits().getFirst(), position, reading.new Host())) {
                assertThat(Reading.rows(Objects.requireNonNull(reader.read())))
                        .extracting(row -> row.get("id"))
                        .containsExactly("7");
                assertThat(reader.read()).isNull();
                Position end = source.end(read, plan, Map.of("records", new SplitProgress(reader.end(), true, 4)));
                assertThat(Objects.requireNonNull(end).value()).isEqualTo("{\"at\":\"2024-03-07T00:00:00Z\"}");
            }
            // Once, or twice if the first reader was just asking for the same when it was closed.
            assertThat(service.asked().stream().map(Asked::rawQuery).distinct()).hasSize(1);
        }
    }

    @Test
    void partitionsComeFromParentsAndKeepAStateEach() {
        service.answer(request -> switch (request.path()) {
            case "/boards" -> Reply.json("{\"data\": [{\"id\": 1}, {\"id\": 2}]}");
            case "/boards/1/cards" -> Reply.json("{\"data\": [{\"id\": 11, \"at\": \"2024-03-02T00:00:00Z\"}]}");
            default -> Reply.json("{\"data\": [{\"id\": 21, \"at\": \"2024-03-04T00:00:00Z\"}]}");
        });
        String boards = """
            {type: DeclarativeStream, name: boards, retriever: {type: SimpleRetriever, requester: {$ref: "#/definitions/requester", path: boards}, record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [data]}}}}\
            """;
        String text = manifest(
                        "",
                        "partition_router: {type: SubstreamPartitionRouter, parent_stream_configs: [{stream: " + boards
                                + ", parent_key: id, partition_field: board}]}",
                        CURSOR.replace("step: P5D, cursor_granularity: PT1S, ", ""))
                .replace(
                        "{$ref: \"#/definitions/requester\"}\n",
                        "{$ref: \"#/definitions/requester\", path: \"boards/{{ stream_partition.board }}/cards\"}\n");
        try (Source source = open(text)) {
            Reading.Result first = reading.incremental(source, "items", null);
            assertThat(first.all("id")).containsExactlyInAnyOrder("11", "21");
            assertThat(Objects.requireNonNull(first.end()).value())
                    .isEqualTo("{\"use_global_cursor\":false,\"states\":["
                                   + "{\"partition\":{\"board\":1,\"parent_slice\":{}},\"cursor\":{\"at\":\"2024-03-02T00:00:00Z\"}},"
                                   + "{\"partition\":{\"board\":2,\"parent_slice\":{}},\"cursor\":{\"at\":\"2024-03-04T00:00:00Z\"}}],"
                                   + "\"state\":{\"at\":\"2024-03-04T00:00:00Z\"},\"lookback_window\":0}");
            service.answer(request -> switch (request.path()) {
                case "/boards" -> Reply.json("{\"data\": [{\"id\": 1}, {\"id\": 3}]}");
                default -> Reply.json("{\"data\": []}");
            });
            reading.incremental(source, "items", first.end());
            assertThat(service.asked().stream()
                            .filter(request -> !request.path().equals("/boards"))
                            .map(request -> request.query().get("from")))
                    .containsExactlyInAnyOrder("2024-03-02T00:00:00Z", "2024-03-04T00:00:00Z");
        }
    }

    @Test
    void aStateOfAnotherStreamIsRefused() {
        try (Source source = open(manifest("", "", CURSOR))) {
            assertThatThrownBy(() -> reading.incremental(source, "items", new Position("manifest other by x", "{}")))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            failure -> assertThat(failure.problem().code()).isEqualTo("E_POSITION_FOREIGN"));
        }
    }

    @Test
    void aValueThatDoesNotFitRejectsItsRecordWhichCanBeReadOnceMore() {
        service.answer(request -> Reply.json(
                "{\"data\": [{\"id\": \"x\", \"name\": \"a\"}, {\"id\": 2, \"name\": {\"k\": 1}, \"at\": \"\"}]}"));
        try (Source source = open(manifest("", "", ""))) {
            assertThat(reading.full(source, "items").rows()).containsExactly(Map.of("id", "2", "name", "{\"k\":1}"));
            assertThat(reading.rejected()).hasSize(1);
            RejectedRecord rejected = reading.rejected().getFirst();
            assertThat(rejected.field()).isEqualTo("id");
            StreamRead read = reading.wish(source, "items", SyncMode.FULL_REFRESH);
            assertThat(source.reread(read, rejected, reading.new Host())).isNull();
            RejectedRecord mended = new RejectedRecord(
                    "items:1", "X", "mended", "{\"id\": 1, \"name\": \"a\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(Reading.rows(Objects.requireNonNull(source.reread(read, mended, reading.new Host()))))
                    .containsExactly(Map.of("id", "1", "name", "a"));
        }
    }

    @Test
    void aPageOfHtmlIsNotAnAnswerWithoutRecords() {
        service.answer(request -> new Reply(200, Map.of("Content-Type", "text/html"), "<html>please log in</html>"));
        try (Source source = open(manifest("", "", ""))) {
            assertThatThrownBy(() -> reading.full(source, "items"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            failure -> assertThat(failure.problem().code()).isEqualTo("E_HTTP_BODY"));
        }
    }

    @Test
    void customCodeMakesItsStreamUnreadableAndNamesTheClass() {
        String text = manifest(
                "", "", "transformations: [{type: CustomTransformation, class_name: source_x.components.Thing}]");
        try (Source source = open(text)) {
            var unreadable = source.discover(new DiscoverScope.All()).unreadable();
            assertThat(unreadable).hasSize(1);
            assertThat(unreadable.getFirst().problem().message()).contains("source_x.components.Thing");
        }
    }

    @Test
    void optionsThatAreMissingAreNamed() {
        assertThatThrownBy(() -> reading.open(manifest("", "", ""), Map.of("url", "http://localhost")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().message()).isEqualTo("the option token is missing"));
    }
}
