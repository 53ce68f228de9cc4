package dev.sluice.lowcode.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.Transport;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each transformation makes of a record. */
class TransformationsTest {
    private static final Transport TRANSPORT = new Transport();

    @AfterAll
    static void close() {
        TRANSPORT.close();
    }

    private static String applied(String record, String step) {
        Surroundings surroundings =
                new Surroundings(Map.of("a", 1L), Clock.systemUTC(), TRANSPORT, line -> {}, Surroundings.IN_REAL_TIME);
        Component component = new Component(Values.mapOrEmpty(JsonValues.read(step)), "/step");
        Map<Object, Object> map = Values.mapOrEmpty(JsonValues.read(record));
        new Transformations(List.of(component), surroundings)
                .apply(map, new StreamSlice(Map.of("board", 5L), Map.of(), Map.of()));
        return JsonValues.write(map);
    }

    private static String add(String field) {
        return "{\"type\": \"AddFields\", \"fields\": [" + field + "]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"path\": [\"x\"], \"value\": \"{{ record.id }}\"}|{\"id\":\"123\",\"x\":123}",
                "{\"path\": [\"x\"], \"value\": \"{{ record.id }}\", \"value_type\":"
                        + " \"string\"}|{\"id\":\"123\",\"x\":\"123\"}",
                "{\"path\": [\"x\", \"y\"], \"value\": \"{{ stream_slice.board }}\"}|{\"id\":\"123\",\"x\":{\"y\":5}}",
                "{\"path\": [\"x\", \"1\"], \"value\": \"{{ config.a }}\"}|{\"id\":\"123\",\"x\":[null,1]}",
                "{\"path\": [\"x\"], \"value\": \"{{ record.none }}\"}|{\"id\":\"123\",\"x\":\"\"}",
            })
    void fieldsAreAdded(String field, String expected) {
        assertThat(applied("{\"id\": \"123\"}", add(field))).isEqualTo(expected);
    }

    @Test
    void aFieldBelowATextIsAnError() {
        assertThatThrownBy(() -> applied("{\"id\": \"1\"}", add("{\"path\": [\"id\", \"y\"], \"value\": \"1\"}")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void fieldsAreRemoved() {
        assertThat(applied(
                        "{\"a\": 1, \"b\": {\"c\": 2, \"d\": 3}, \"l\": [1, 2]}",
                        "{\"type\": \"RemoveFields\", \"field_pointers\": [[\"a\"], [\"b\", \"*\"], [\"l\","
                                + " \"0\"], [\"none\"]]}"))
                .isEqualTo("{\"b\":{},\"l\":[null,2]}");
        assertThat(applied(
                        "{\"a\": 1, \"b\": {\"c\": null}}",
                        "{\"type\": \"RemoveFields\", \"field_pointers\": [[\"a\"]], \"condition\": \"{{"
                                + " property is none }}\"}"))
                .isEqualTo("{\"a\":1,\"b\":{}}");
    }

    @Test
    void fieldsAreFlattened() {
        assertThat(applied(
                        "{\"a\": {\"b\": 1}, \"c\": 2}",
                        "{\"type\": \"DpathFlattenFields\", \"field_path\": [\"a\"], \"delete_origin_value\": true}"))
                .isEqualTo("{\"c\":2,\"b\":1}");
        assertThat(applied(
                        "{\"a\": {\"b\": 1}, \"b\": 2}", "{\"type\": \"DpathFlattenFields\", \"field_path\": [\"a\"]}"))
                .isEqualTo("{\"a\":{\"b\":1},\"b\":2}");
        assertThat(JsonValues.canonical(
                        JsonValues.read(applied("{\"a\": {\"b\": 1}, \"c\": 2}", "{\"type\": \"FlattenFields\"}"))))
                .isEqualTo("{\"b\":1,\"c\":2}");
    }

    @ParameterizedTest
    @CsvSource({"HTTPServer,httpserver", "a1B2,a_1_b_2", "1abc,_1_abc", "$foo,_foo", "FirstName,first_name"})
    void keysBecomeSnakes(String key, String expected) {
        assertThat(applied("{\"" + key + "\": 1}", "{\"type\": \"KeysToSnakeCase\"}"))
                .isEqualTo("{\"" + expected + "\":1}");
    }

    @Test
    void keysAreReplacedAndLowered() {
        assertThat(applied("{\"a.b\": {\"c.d\": 1}}", "{\"type\": \"KeysReplace\", \"old\": \".\", \"new\": \"_\"}"))
                .isEqualTo("{\"a_b\":{\"c_d\":1}}");
        assertThat(applied("{\"Ab\": {\"Cd\": 1}}", "{\"type\": \"KeysToLower\"}"))
                .isEqualTo("{\"ab\":{\"Cd\":1}}");
    }
}
