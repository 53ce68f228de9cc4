package dev.sluice.lowcode.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever stands in a manifest, it is read or refused with a problem, in bounded time. The numbers that are drawn are the same each
 * time; {@code -Dsluice.fuzz.seconds} draws others for so long.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FuzzTest {
    private static final Duration MOST = Duration.ofSeconds(20);
    private static final int ROUNDS = 3000;

    private static final List<String> PARTS = List.of(
            "config",
            "record",
            "response",
            "x",
            "y",
            "'a'",
            "'%Y-%m-%d'",
            "\"\\u00e9\"",
            "1",
            "0",
            "-1",
            "1.5",
            "1e400",
            "9999999999999999999999",
            "none",
            "None",
            "true",
            "[1, 'b', None]",
            "{'k': {'z': 2}}",
            "(1,)",
            "[]",
            "{}",
            "''",
            "config.missing",
            "config['deep']['er']",
            "record.list",
            "now_utc()",
            "today_utc()",
            "range(9)");
    private static final List<String> OPERATORS = List.of(
            "+",
            "-",
            "*",
            "/",
            "//",
            "%",
            "**",
            "~",
            "==",
            "!=",
            "<",
            ">=",
            "in",
            "not in",
            "and",
            "or",
            "if 1 else",
            ".",
            ",",
            "is",
            "is not",
            "|",
            "(",
            ")",
            "[",
            "]",
            ":",
            "{",
            "}",
            "not");
    private static final List<String> NAMES = List.of(
            "upper",
            "join",
            "join(',')",
            "int",
            "float",
            "list",
            "string",
            "length",
            "map('int')",
            "map(attribute='k')",
            "sort",
            "unique",
            "tojson",
            "hash",
            "regex_search('(a+)+$')",
            "regex_search('[')",
            "replace('a', 'b')",
            "default('d')",
            "defined",
            "items()",
            "get('k', 1)",
            "split('a')",
            "strftime('%Y%')",
            "strftime('%_ms')",
            "format(1, 2)",
            "timestamp()",
            "zfill(3)",
            "format_datetime('2024-01-01', '%s')",
            "duration('P1D')",
            "day_delta(3)",
            "str_to_datetime('x')",
            "timestamp('2024')",
            "max(1, 'a')",
            "json_loads('{')",
            "generate_uuid()",
            "dict(a=1)",
            "namespace(a=1)",
            "batch(2)",
            "slice(0)",
            "indent(9)",
            "center(50)",
            "round(2)",
            "wordwrap(3)",
            "xmlattr",
            "groupby('k')",
            "base64decode",
            "camel_case_to_snake_case('aB')");
    private static final List<String> BLOCKS = List.of(
            "{% if ",
            "{% elif ",
            "{% else %}",
            "{% endif %}",
            "{% for a in ",
            "{% endfor %}",
            "{% set x = ",
            "{%- ",
            " -%}",
            " %}",
            "{{ ",
            " }}",
            "{# ",
            " #}",
            "{{{",
            "}}}",
            "%}",
            "{%",
            "{{-",
            "text",
            "\n",
            "\\",
            "'",
            "\0",
            "é");

    private final Random random = new Random(Long.getLong("sluice.fuzz.seed", 20261127));

    private final Map<String, String> broken = new TreeMap<>();

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Keeps one example of each failure of the program, by where it happened. */
    private void note(String text, Throwable failure) {
        String where = Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.sluice.lowcode"))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("");
        broken.putIfAbsent(failure.getClass().getSimpleName() + " " + where, failure + " of " + text);
    }

    private interface Round {
        void run();
    }

    /** Does something many times; whatever comes out, it is no failure of the program, and it comes soon. */
    private static void often(Round round) {
        Instant end = Instant.now().plusSeconds(Integer.getInteger("sluice.fuzz.seconds", 0));
        for (int i = 0; i < ROUNDS || Instant.now().isBefore(end); i++) {
            long began = System.nanoTime();
            round.run();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(MOST);
        }
    }

    private String template() {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(12);
        boolean sound = random.nextInt(3) > 0;
        text.append(sound ? "{{ " : any(BLOCKS));
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(12) == 0 ? any(BLOCKS) : i % 2 == 0 ? any(PARTS) : any(OPERATORS))
                    .append(' ');
            if (random.nextInt(4) == 0) {
                text.append(any(List.of("| ", ".", "is "))).append(any(NAMES)).append(' ');
            }
        }
        return text.append(sound ? "}}" : any(BLOCKS)).toString();
    }

    @Test
    void anyTemplateIsEvaluatedOrRefused() {
        Templates templates = new Templates(Clock.systemUTC());
        Map<Object, Object> record = Map.of("list", new ArrayList<Object>(List.of(1L, "a", Map.of("k", 2L))), "k", "v");
        Scope scope = Scope.of(Map.of("k", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "deep", Map.of("er", 1.5)), Map.of())
                .with("record", record)
                .with("response", record)
                .with("x", 3L)
                .with("y", "text");
        int[] evaluated = new int[1];
        often(() -> {
            String template = template();
            try {
                assertThat(templates.value(template, scope)).as(template).isNotNull();
                evaluated[0]++;
            } catch (ProblemException refused) {
                assertThat(refused.problem().code()).as(template).isEqualTo("E_TEMPLATE");
            } catch (RuntimeException | StackOverflowError failure) {
                note(template, failure);
            }
        });
        assertThat(broken).isEmpty();
        assertThat(evaluated[0]).isGreaterThan(ROUNDS / 20);
    }

    private static final String MANIFEST = """
        version: "6.0.0"
        type: DeclarativeSource
        check: {type: CheckStream, stream_names: [items]}
        definitions:
          limits: &limits {type: DefaultErrorHandler, max_retries: 2}
          requester: {type: HttpRequester, url_base: "http://localhost:1/{{ config['a'] }}", path: /i, error_handler: *limits}
        streams:
          - type: DeclarativeStream
            name: items
            primary_key: [id]
            $parameters: {name: items, path: 0}
            transformations: [{type: AddFields, fields: [{type: AddedFieldDefinition, path: [a, b], value: "{{ record.id }}"}]}]
            incremental_sync: {type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%Y-%m-%d", start_datetime: 2024-01-01, step: P1D, cursor_granularity: P1D}
            retriever:
              type: SimpleRetriever
              requester: {$ref: "#/definitions/requester"}
              paginator: {type: DefaultPaginator, pagination_strategy: {type: PageIncrement, page_size: 10}}
              partition_router: [{type: ListPartitionRouter, values: [a, b], cursor_field: k}]
              record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [data, "*"]}}
            schema_loader: {type: InlineSchemaLoader, schema: {type: object, properties: {id: {type: integer}}}}
        spec: {type: Spec, connection_specification: {type: object, properties: {a: {type: string}}}}
        """;
    private static final List<String> CHANGES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "&a ",
            "*a ",
            "*limits",
            "<<: ",
            "$ref",
            "\"#/streams/0\"",
            "\"#/definitions\"",
            "- ",
            "\n",
            "  ",
            "null",
            "true",
            "1e999",
            "0x",
            "2024-13-45",
            "!!binary x",
            "!!java.io.File",
            "? ",
            "|",
            ">",
            "'",
            "\"",
            "#",
            "%",
            "@",
            "`",
            "\t",
            "é",
            "\0",
            "type: ",
            "P",
            "P99999999999Y",
            "%Q",
            "{{ ",
            " }}",
            "$parameters: {a: 1}",
            "class_name: x.Y",
            "StateDelegatingStream",
            "~");

    private String changed() {
        StringBuilder text = new StringBuilder(MANIFEST);
        for (int i = random.nextInt(4) + 1; i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, any(CHANGES));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
                case 2 -> text.insert(at, text.substring(Math.max(0, at - random.nextInt(200)), at));
                default -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
            }
        }
        return text.toString();
    }

    @Test
    void anyManifestIsDescribedOrRefused() {
        int[] described = new int[1];
        often(() -> {
            String text = changed();
            try {
                Manifest.read("m", text);
                try (Source source = new Reading().open(text, Map.of("a", "x"))) {
                    Catalog catalog = source.discover(new DiscoverScope.All());
                    described[0] += catalog.streams().size();
                }
            } catch (ProblemException refused) {
                assertThat(refused.problem().message()).as(text).isNotEmpty();
            } catch (RuntimeException | StackOverflowError failure) {
                note(text, failure);
            }
        });
        assertThat(broken).isEmpty();
        assertThat(described[0]).isGreaterThan(ROUNDS / 20);
    }
}
