package dev.sluice.connector.file.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sluice.cdk.cells.JsonColumns;
import dev.sluice.cdk.json.Json;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JsonBlocksTest {
    private static final JsonFraming LINES = new JsonFraming.Lines();
    private static final JsonFraming SEQUENCE = new JsonFraming.Sequence();
    private static final JsonFraming ELEMENTS = new JsonFraming.Elements(List.of());
    private static final Schema SCHEMA = Schema.of(
            new Field("id", new DataType.IntType(64)),
            new Field("naïve \"key\"\n", new DataType.TextType()),
            new Field("any", new DataType.JsonType()));

    @Property(tries = 500)
    void readsTheSameRecordsHoweverTheyStand(
            @ForAll("records") List<Map<String, Object>> records, @ForAll @IntRange(min = 1, max = 5) int batchRows) {
        List<Row> expected = records.stream().map(JsonBlocksTest::row).toList();
        List<String> texts = records.stream().map(Json::write).toList();
        String lines = String.join("\n", texts);
        List<Map.Entry<String, JsonFraming>> files = List.of(
                Map.entry(lines, LINES),
                Map.entry("\n" + lines.replace("}\n{", "}\r\n\n \t{") + "\n\n", LINES),
                Map.entry(String.join("", texts), SEQUENCE),
                Map.entry(" " + String.join("\n ", texts) + " ", SEQUENCE),
                Map.entry("[" + String.join(",", texts) + "]", ELEMENTS),
                Map.entry(" [\n" + String.join("\n , \n", texts) + " ]\n", ELEMENTS),
                Map.entry(
                        "{\"n\":[{}],\"x\":{\"y\":1,\"data\":[" + String.join(",", texts) + "]},\"z\":0}",
                        new JsonFraming.Elements(List.of("x", "data"))));
        files.forEach(file -> {
            String text = file.getKey();
            JsonFraming framing = file.getValue();
            if (!records.isEmpty() || !(framing instanceof JsonFraming.Sequence)) {
                JsonReading.Result result =
                        new JsonReading(SCHEMA, framing).batchRows(batchRows).read(text);
                assertThat(result.rows()).as(text).isEqualTo(expected);
                assertThat(result.rejects()).isEmpty();
            }
        });
    }

    @Property(tries = 300)
    void goesOnAfterAnyBatchAsIfNothingHadHappened(
            @ForAll("pieces") List<String> pieces, @ForAll @IntRange(min = 1, max = 3) int batchRows) {
        List<Map.Entry<String, JsonFraming>> files = List.of(
                Map.entry(String.join("\n", pieces) + "\n", LINES),
                Map.entry(String.join("\n", pieces), SEQUENCE),
                Map.entry("[" + String.join(" ,\n", pieces) + "\n]", ELEMENTS));
        files.forEach(file -> {
            String text = file.getKey();
            JsonFraming framing = file.getValue();
            JsonReading reading = new JsonReading(SCHEMA, framing).batchRows(batchRows);
            JsonReading.Result whole = reading.read(text);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            whole.places().forEach((offset, place) -> {
                JsonReading.Result rest = reading.read(bytes, offset, place.line());
                assertThat(rest.rows())
                        .as(text)
                        .isEqualTo(
                                whole.rows().subList(place.rows(), whole.rows().size()));
                assertThat(places(rest.rejects()))
                        .isEqualTo(places(whole.rejects()
                                .subList(place.rejects(), whole.rejects().size())));
            });
        });
    }

    @Property(tries = 1000)
    void neverTakesDamagedLinesForRecords(
            @ForAll("records") List<Map<String, Object>> records,
            @ForAll @IntRange(max = 1000) int place,
            @ForAll("oddCharacters") char with) {
        for (Map<String, Object> record : records) {
            String whole = Json.write(record);
            String damaged =
                    whole.substring(0, place % whole.length()) + with + whole.substring(place % whole.length() + 1);
            boolean object = isObject(damaged);
            JsonReading.Result result = new JsonReading(SCHEMA, LINES).read(damaged);
            if (!object) {
                assertThat(result.rows()).as(damaged).isEmpty();
            }
            assertThat(result.rows().size() + result.rejects().size())
                    .as(damaged)
                    .isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void rejectsWhatIsNoRecordWithItsLineAndBytes() {
        JsonReading.Result result = new JsonReading(SCHEMA, LINES)
                .read("{\"id\":1}\n{\"id\":2\n[1]\n\n\"x\"\n{\"id\":3,\"id\":4}\n{\"id\":\"5\"}\n{\"id\":1.5}\n"
                        + "{\"id\":6,\"new\":true}\n{\"id\":7}{}\n{\"id\":8} \r\n{\"id\":null}");
        assertThat(result.rows())
                .containsExactly(Row.of("1", null, null), Row.of("8", null, null), Row.of(null, null, null));
        assertThat(result.rejects())
                .extracting(RejectedRecord::place, RejectedRecord::code, JsonBlocksTest::original)
                .containsExactly(
                        tuple("test.json:2", "NOT_JSON", "{\"id\":2"),
                        tuple("test.json:3", "NOT_AN_OBJECT", "[1]"),
                        tuple("test.json:5", "NOT_AN_OBJECT", "\"x\""),
                        tuple("test.json:6", "DUPLICATE_KEY", "{\"id\":3,\"id\":4}"),
                        tuple("test.json:7", "VALUE_DOES_NOT_FIT", "{\"id\":\"5\"}"),
                        tuple("test.json:8", "VALUE_DOES_NOT_FIT", "{\"id\":1.5}"),
                        tuple("test.json:9", "UNKNOWN_KEY", "{\"id\":6,\"new\":true}"),
                        tuple("test.json:10", "NOT_JSON", "{\"id\":7}{}"));
    }

    @Test
    void keepsUnknownKeysInTheExtraColumn() {
        Schema schema = Schema.of(
                new Field("id", new DataType.IntType(64)), new Field(JsonColumns.EXTRA, new DataType.JsonType()));
        JsonReading.Result result = new JsonReading(schema, LINES)
                .read("{\"id\":1,\"a\\u0062\":[1, {}],\"id2\":\"x\"}\n{\"id\":2}\n{\"_sluice_extra\":5}\n"
                        + "{\"a\":1,\"a\":2}\n{\"\":null}\n");
        assertThat(result.rows())
                .containsExactly(
                        Row.of("1", "{\"a\\u0062\":[1, {}],\"id2\":\"x\"}"),
                        Row.of("2", null),
                        Row.of(null, "{\"_sluice_extra\":5}"),
                        Row.of(null, "{\"\":null}"));
        assertThat(result.rejects()).extracting(RejectedRecord::code).containsExactly("DUPLICATE_KEY");
    }

    @Test
    void keepsNumbersAndNestedValuesToTheLastCharacter() {
        Schema schema = Schema.of(
                new Field("d", DataType.DecimalType.unconstrained()),
                new Field("w", new DataType.DecimalType(38, 10)),
                new Field("o", new DataType.ObjectType(List.of())),
                new Field("a", new DataType.ArrayType(new DataType.JsonType())));
        String digits = "1234567890".repeat(20);
        assertThat(new JsonReading(schema, LINES)
                        .read("{\"d\":" + digits + "." + digits + ",\"w\":-1234567890123456789012345678.0123456789,"
                                + "\"o\":{ \"b\" : 1e400, \"b\": 2 },\"a\":[ 1.0 ,\"\\ud800\"]}")
                        .rows())
                .containsExactly(Row.of(
                        digits + "." + digits,
                        "-1234567890123456789012345678.0123456789",
                        "{ \"b\" : 1e400, \"b\": 2 }",
                        "[ 1.0 ,\"\\ud800\"]"));
    }

    @Test
    void takesNumbersAndTruthIntoTextAsTheyAreWritten() {
        Schema schema = Schema.of(new Field("t", new DataType.TextType()));
        JsonReading.Result result = new JsonReading(schema, LINES)
                .read("{\"t\":1.50}\n{\"t\":true}\n{\"t\":\"\"}\n{\"t\":\"\\u0000\\ud83d\\ude00\"}\n{\"t\":{}}\n"
                        + "{\"t\":\"\\ud83d\"}\n{\"t\":null}\n{}\n");
        assertThat(result.rows())
                .containsExactly(
                        Row.of("1.50"),
                        Row.of("true"),
                        Row.of(""),
                        Row.of("\u0000\ud83d\ude00"),
                        Row.of((String) null),
                        Row.of((String) null));
        assertThat(result.rejects())
                .extracting(RejectedRecord::code)
                .containsExactly("VALUE_DOES_NOT_FIT", "INVALID_TEXT");
    }

    @Test
    void readsStringsIntoTypesThatTheUserChose() {
        Schema schema = Schema.of(
                new Field("n", new DataType.DecimalType(10, 2)),
                new Field("day", new DataType.DateType()),
                new Field("yes", new DataType.BoolType()));
        JsonReading reading = new JsonReading(schema, LINES).lenient("n", "day", "yes");
        JsonReading.Result result = reading.read("{\"n\":\"12.30\",\"day\":\"2026-01-01\",\"yes\":\"yes\"}\n"
                + "{\"n\":1,\"yes\":1}\n{\"day\":20260101}\n{\"n\":\"\",\"day\":\"\",\"yes\":\"\"}\n");
        assertThat(result.rows())
                .containsExactly(
                        Row.of("12.30", "2026-01-01", "true"), Row.of("1.00", null, "true"), Row.of(null, null, null));
        assertThat(result.rejects()).hasSize(1);
    }

    @Test
    void failsWhereTheFileEndsInTheMiddle() {
        for (String text : List.of("[{\"id\":1},{\"id\":2}", "[{\"id\":1},{\"id\"", "[{\"id\":1},", "[", "")) {
            assertProblem("E_JSON_TRUNCATED", ELEMENTS, text);
        }
        assertProblem("E_JSON_TRUNCATED", SEQUENCE, "{\"id\":1} {\"id\":2");
        assertProblem("E_JSON_TRUNCATED", new JsonFraming.Elements(List.of("a")), "{\"b\":1");
    }

    @Test
    void failsRatherThanLeaveOutWhatStandsBehindTheArray() {
        assertProblem("E_JSON_TRAILING", ELEMENTS, "[{\"id\":1}]\n[{\"id\":2}]");
        assertProblem("E_JSON_MALFORMED", ELEMENTS, "[{\"id\":1} {\"id\":2}]");
        assertProblem("E_JSON_PATH", ELEMENTS, "{\"id\":1}");
        assertProblem("E_JSON_PATH", new JsonFraming.Elements(List.of("a", "b")), "{\"a\":{\"c\":[]}}");
        assertProblem("E_JSON_PATH", new JsonFraming.Elements(List.of("a", "b")), "{\"a\":{\"b\":{}}}");
        assertProblem("E_JSON_PATH", new JsonFraming.Elements(List.of("a", "b")), "{\"a\":[]}");
    }

    @Test
    void rejectsRecordsThatAreTooLargeOrTooDeepAndGoesOn() {
        String large = "{\"id\":1,\"any\":\"" + "x".repeat(5000) + "\"}";
        String deep = "{\"any\":" + "[".repeat(600) + "]".repeat(600) + "}";
        for (String joined : List.of("\n", ",")) {
            String text = String.join(joined, "{\"id\":1}", large, deep, "{\"id\":2}");
            boolean lines = joined.equals("\n");
            JsonReading.Result result = new JsonReading(SCHEMA, lines ? LINES : ELEMENTS)
                    .maxRecordBytes(2048)
                    .read(lines ? text : "[" + text + "]");
            assertThat(result.rows()).containsExactly(Row.of("1", null, null), Row.of("2", null, null));
            assertThat(result.rejects())
                    .extracting(RejectedRecord::code)
                    .containsExactly("RECORD_TOO_LARGE", "NOT_JSON");
        }
    }

    @Test
    void tellsRecordsOfOneLineApart() {
        JsonReading.Result result =
                new JsonReading(SCHEMA, ELEMENTS).read("[{\"id\":\"a\"}, {\"id\":1},{\"id\":\"b\"},\n{\"id\":2}, 3]");
        assertThat(result.rejects())
                .extracting(RejectedRecord::place, JsonBlocksTest::original)
                .containsExactly(
                        tuple("test.json:1@1", "{\"id\":\"a\"}"),
                        tuple("test.json:1@22", "{\"id\":\"b\"}"),
                        tuple("test.json:2@44", "3"));
    }

    @Test
    void stepsOverAByteOrderMark() {
        assertThat(new JsonReading(SCHEMA, LINES).read("\uFEFF{\"id\":1}\n").rows())
                .hasSize(1);
        assertThat(new JsonReading(SCHEMA, ELEMENTS).read("\uFEFF[{\"id\":1}]").rows())
                .hasSize(1);
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> records() {
        Arbitrary<String> text = Arbitraries.strings()
                .withChars("ab\"\\\n\t\u0001ü\u20ac/{}[],:")
                .ofMaxLength(10);
        Arbitrary<Object> any = Arbitraries.oneOf(
                text.map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast),
                text.list().ofMaxSize(3).map(Object.class::cast));
        Arbitrary<Map<String, Object>> record = Combinators.combine(
                        Arbitraries.longs(), text, any, Arbitraries.integers().between(0, 11))
                .as((id, name, value, order) -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    List<String> keys = new ArrayList<>(SCHEMA.names());
                    Collections.rotate(keys, order % 3);
                    for (String key : keys) {
                        Object chosen = key.equals("id") ? id : key.equals("any") ? value : name;
                        if (order < 9 || key.equals("any")) {
                            map.put(key, chosen);
                        }
                    }
                    return map;
                });
        return record.list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "{\"id\":1}",
                        "{\"id\":2,\"any\":[{\"x\":\"]\"}]}",
                        "{\"id\":\"no\"}",
                        "{\"any\":{\"a\":\"}\"}}",
                        "{ }",
                        "{\"other\":1}",
                        "{\"any\":\"" + "y".repeat(100) + "\"}")
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<Character> oddCharacters() {
        return Arbitraries.of('{', '}', '[', ']', ',', ':', '"', '\\', '0', '-', 'e', '.', ' ', 'u', 'x');
    }

    private static Row row(Map<String, Object> record) {
        List<@Nullable String> values = new ArrayList<>();
        values.add(record.containsKey("id") ? String.valueOf(record.get("id")) : null);
        Object name = record.get(SCHEMA.field(1).name());
        values.add(name == null ? null : name.toString());
        Object any = record.get("any");
        values.add(any == null ? null : Json.write(any));
        return Row.of(values);
    }

    private static void assertProblem(String code, JsonFraming framing, String text) {
        assertThatThrownBy(() -> new JsonReading(SCHEMA, framing).read(text))
                .as(text)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo(code));
    }

    private static boolean isObject(String text) {
        try {
            return Json.read(text) instanceof Map;
        } catch (IllegalArgumentException notJson) {
            return false;
        }
    }

    private static List<String> places(List<RejectedRecord> rejects) {
        return rejects.stream()
                .map(reject -> reject.place() + " " + reject.code() + " " + original(reject))
                .toList();
    }

    private static String original(RejectedRecord reject) {
        return new String(reject.original(), StandardCharsets.UTF_8);
    }
}
