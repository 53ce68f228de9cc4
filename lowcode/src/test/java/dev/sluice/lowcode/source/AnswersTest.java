package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.Source;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of answers: other formats than JSON, rules about errors, jobs of the service, streams that it tells itself. */
class AnswersTest {
    private static final FakeService SERVICE = new FakeService();

    private final Reading reading = new Reading();

    @AfterAll
    static void stop() {
        SERVICE.close();
    }

    private Source open(String retriever, String requester) {
        return reading.open(
                """
                version: "6"
                check: {stream_names: [items]}
                streams:
                  - name: items
                    retriever:
                      RETRIEVER
                      requester: {url_base: "{{ config['url'] }}", path: items REQUESTER}
                    schema_loader: {type: InlineSchemaLoader, schema: {properties: {id: {type: string}, name: {type: string}}}}
                """.replace("RETRIEVER", retriever).replace("REQUESTER", requester), Map.of("url", SERVICE.url()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "JsonlDecoder||{\"id\":\"1\",\"name\":\"a\"}~half{~{\"id\":\"2\"}",
                "CsvDecoder||id,name~1,\"a\"~~2",
                "XmlDecoder|all, item|<all><item id=\"x\"><id>1</id><name> a"
                        + " </name></item><item><id>2</id></item></all>",
            })
    void formatsAreRead(String decoder, String path, String body) {
        SERVICE.answer(request -> new Reply(200, Map.of(), body.replace("~", "\n")));
        try (Source source = open(
                "decoder: {type: " + decoder + "}\n      record_selector: {extractor: {field_path: ["
                        + (path == null ? "" : path) + "]}}",
                "")) {
            Reading.Result result = reading.full(source, "items");
            assertThat(result.all("id")).containsExactly("1", "2");
            assertThat(result.all("name")).containsExactly("a", "");
        }
    }

    private static final String RECORDS = "record_selector: {extractor: {field_path: []}}";

    private String outcome(int status, String handler) {
        SERVICE.answer(request -> Reply.status(status, Map.of()));
        try (Source source = open(RECORDS, ", error_handler: " + handler)) {
            reading.full(source, "items");
            return "passed after " + SERVICE.asked().size();
        } catch (ProblemException failed) {
            return failed.problem().kind() + " after " + SERVICE.asked().size();
        }
    }

    @Test
    void rulesAboutErrorsAreAskedInTheirOrder() {
        String limitedThenIgnored =
                "{type: CompositeErrorHandler, error_handlers: [{response_filters: [{http_codes: [403],"
                        + " action: RATE_LIMITED}]}, {response_filters: [{http_codes: [403], action: IGNORE}]}]}";
        assertThat(outcome(403, limitedThenIgnored)).isEqualTo("passed after 1");
        assertThat(outcome(422, "{type: DefaultErrorHandler, max_retries: 2}")).isEqualTo("TRANSIENT after 3");
        assertThat(outcome(404, "{type: DefaultErrorHandler}")).isEqualTo("CONFIG after 1");
        String retried =
                "{type: DefaultErrorHandler, max_retries: 1, response_filters: [{error_message_contains: \"status"
                        + " 404\", action: RETRY}]}";
        assertThat(outcome(404, retried)).isEqualTo("CONFIG after 2");
        String failing =
                "{type: DefaultErrorHandler, response_filters: [{predicate: \"{{ response.message is defined }}\","
                        + " action: FAIL, error_message: \"said {{ response.message }}\"}]}";
        assertThat(outcome(299, failing)).isEqualTo("TRANSIENT after 1");
    }

    @Test
    void waitsAreThoseOfTheManifest() {
        reading.at("2024-03-10T00:00:00Z");
        outcome(
                500,
                "{type: DefaultErrorHandler, max_retries: 2, backoff_strategies: [{type: ConstantBackoffStrategy,"
                        + " backoff_time_in_seconds: 4}]}");
        assertThat(reading.since("2024-03-10T00:00:00Z").toSeconds()).isEqualTo(2 * (4 + 1));
        reading.at("2024-03-10T00:00:00Z");
        outcome(
                500,
                "{type: DefaultErrorHandler, max_retries: 2, backoff_strategies: [{type: ExponentialBackoffStrategy,"
                        + " factor: 5}]}");
        assertThat(reading.since("2024-03-10T00:00:00Z").toSeconds()).isEqualTo(10 + 1 + 20 + 1);
        reading.at("2024-03-10T00:00:00Z");
        outcome(500, "{type: DefaultErrorHandler, max_retries: 3}");
        assertThat(reading.since("2024-03-10T00:00:00Z").toSeconds()).isEqualTo(1 + 2 + 4);
    }

    @Test
    void aJobOfTheServiceIsWaitedFor() {
        SERVICE.answer(request -> switch (request.path()) {
            case "/jobs" -> Reply.json("{\"id\": \"j1\"}");
            case "/jobs/j1" ->
                Reply.json(
                        SERVICE.asked().size() < 4
                                ? "{\"status\": \"busy\"}"
                                : "{\"status\": \"ready\", \"urls\": [\"" + SERVICE.url() + "/part/1\", \""
                                        + SERVICE.url() + "/part/2\"]}");
            default -> Reply.json("[{\"id\": \"" + request.path().substring(6) + "\"}]");
        });
        String requester = "{type: HttpRequester, url_base: \"{{ config['url'] }}\", path: ";
        try (Source source = open(
                "type: AsyncRetriever\n"
                        + "      record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path:"
                        + " []}}\n"
                        + "      status_mapping: {running: [busy], completed: [ready], failed: [broken], timeout:"
                        + " [late]}\n"
                        + "      status_extractor: {type: DpathExtractor, field_path: [status]}\n"
                        + "      download_target_extractor: {type: DpathExtractor, field_path: [urls]}\n"
                        + "      creation_requester: "
                        + requester + "jobs, http_method: POST}\n      polling_requester: " + requester
                        + "\"jobs/{{ creation_response['id'] }}\"}\n"
                        + "      download_requester: {type: HttpRequester, url: \"{{ download_target }}\"}",
                "")) {
            assertThat(reading.full(source, "items").all("id")).containsExactly("1", "2");
        }
    }

    @Test
    void streamsAreMadeOfTheConfiguration() {
        SERVICE.answer(request -> Reply.json("[{\"id\": \"" + request.path() + "\"}]"));
        String text = """
            version: "6"
            check: {type: CheckDynamicStream, stream_count: 1}
            dynamic_streams:
              - stream_template:
                  name: ""
                  retriever: {requester: {url_base: "{{ config['url'] }}", path: ""}, record_selector: {extractor: {field_path: []}}}
                  schema_loader: {type: InlineSchemaLoader, schema: {properties: {id: {type: string}}}}
                components_resolver:
                  type: ConfigComponentsResolver
                  stream_config: {configs_pointer: [tables]}
                  components_mapping:
                    - {field_path: [name], value: "{{ components_values['name'] }}"}
                    - {field_path: [retriever, requester, path], value: "t/{{ components_values['name'] }}"}
            """;
        Map<String, Object> config =
                Map.of("url", SERVICE.url(), "tables", List.of(Map.of("name", "a"), Map.of("name", "b")));
        try (Source source = reading.open(text, config)) {
            assertThat(source.check().succeeded()).isTrue();
            assertThat(reading.full(source, "b").all("id")).containsExactly("/t/b");
        }
    }

    @Test
    void aStateOlderThanWhatTheServiceKeepsBeginsAnew() {
        SERVICE.answer(request -> Reply.json("[{\"id\": \"" + request.path() + "\", \"at\": \"2024-03-09\"}]"));
        String stream =
                "{name: items, schema_loader: {type: InlineSchemaLoader, schema: {properties: {id: {type: string}}}},"
                    + " incremental_sync: {type: DatetimeBasedCursor, cursor_field: at, datetime_format: \"%Y-%m-%d\","
                    + " start_datetime: \"2024-01-01\"}, retriever: {type: SimpleRetriever, requester: {type:"
                    + " HttpRequester, url_base: \"{{ config['url'] }}\", path: PATH}, record_selector: {type:"
                    + " RecordSelector, extractor: {type: DpathExtractor, field_path: []}}}, type: DeclarativeStream}";
        String text = "version: \"6\"\n"
                + "check: {stream_names: [items]}\n"
                + "streams:\n"
                + "  - type: StateDelegatingStream\n"
                + "    name: items\n"
                + "    api_retention_period:"
                + " P10D\n"
                + "    full_refresh_stream:"
                + " " + stream.replace("PATH", "all")
                + "\n    incremental_stream: " + stream.replace("PATH", "changes") + "\n";
        try (Source source = reading.open(text, Map.of("url", SERVICE.url()))) {
            Reading.Result first = reading.incremental(source, "items", null);
            assertThat(first.all("id")).containsExactly("/all");
            Position end = Objects.requireNonNull(first.end());
            assertThat(reading.incremental(source, "items", end).all("id")).containsExactly("/changes");
            Position old = new Position(end.identity(), "{\"at\": \"2024-02-01\"}");
            assertThat(reading.incremental(source, "items", old).all("id")).containsExactly("/all");
        }
    }

    @Test
    void anAnswerThatLeadsIntoTheHouseIsNotFollowed() {
        SERVICE.answer(request -> new Reply(302, Map.of("Location", "file:///etc/passwd"), ""));
        try (Source source = open(RECORDS, "")) {
            assertThatThrownBy(() -> reading.full(source, "items"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            failure -> assertThat(failure.problem().message()).contains("none of http or https"));
        }
    }
}
