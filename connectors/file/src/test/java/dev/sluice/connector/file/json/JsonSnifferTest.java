package dev.sluice.connector.file.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonSnifferTest {
    @Test
    void findsHowTheRecordsStand() {
        assertThat(framing("{\"a\":1}\n{\"a\":2}\n")).isEqualTo(new JsonFraming.Lines());
        assertThat(framing("{\"a\":1}")).isEqualTo(new JsonFraming.Lines());
        assertThat(framing("{\n  \"a\": 1\n}\n")).isEqualTo(new JsonFraming.Sequence());
        assertThat(framing("{\"a\":1}{\"a\":2}")).isEqualTo(new JsonFraming.Sequence());
        assertThat(framing("\uFEFF \n[\n{}]")).isEqualTo(new JsonFraming.Elements(List.of()));
        assertThat(JsonSniffer.framing(bytes("{\"a\":[]}"), true, List.of("a")))
                .isEqualTo(new JsonFraming.Elements(List.of("a")));
    }

    @Test
    void namesFramingsAsPlainData() {
        for (JsonFraming framing : List.of(
                new JsonFraming.Lines(), new JsonFraming.Sequence(), new JsonFraming.Elements(List.of("a", "b")))) {
            assertThat(JsonFraming.of(framing.notation(), List.of("a", "b"))).isEqualTo(framing);
        }
    }

    @Test
    void unitesTheKeysOfAllRecords() {
        assertThat(fields("{\"b\":1,\"a\":true}\n{\"c\":\"x\",\"b\":2}\n{\"d\":null}\n"))
                .containsExactly(
                        new Field("b", new DataType.IntType(64)),
                        new Field("a", new DataType.BoolType()),
                        new Field("c", new DataType.TextType()),
                        new Field("d", new DataType.TextType()));
    }

    @Test
    void widensTypesAsFarAsNeeded() {
        assertThat(typeOf("1", "2.50")).isEqualTo(new DataType.DecimalType(18, 2));
        assertThat(typeOf("1", "2e5")).isEqualTo(new DataType.FloatType(64));
        assertThat(typeOf("1", "\"x\"")).isEqualTo(new DataType.TextType());
        assertThat(typeOf("true", "1")).isEqualTo(new DataType.TextType());
        assertThat(typeOf("true", "null")).isEqualTo(new DataType.BoolType());
        assertThat(typeOf("\"2026-01-01\"")).isEqualTo(new DataType.TextType());
        assertThat(typeOf("{}", "{\"x\":1}")).isEqualTo(new DataType.ObjectType(List.of()));
        assertThat(typeOf("[]", "null")).isEqualTo(new DataType.ArrayType(new DataType.JsonType()));
        assertThat(typeOf("[]", "{}")).isEqualTo(new DataType.JsonType());
        assertThat(typeOf("[]", "1")).isEqualTo(new DataType.JsonType());
        assertThat(typeOf("null")).isEqualTo(new DataType.TextType());
        assertThat(typeOf("12345678901234567890")).isEqualTo(new DataType.DecimalType(38, 0));
    }

    @Test
    void looksIntoArraysAndSequencesThatTheSampleCutsOff() {
        JsonSniffer sniffer = new JsonSniffer();
        sniffer.add(
                bytes("{\"x\":{\"data\":[{\"a\":1},{\"b\":[1]},{\"c\""),
                0,
                true,
                new JsonFraming.Elements(List.of("x", "data")));
        assertThat(sniffer.fields()).extracting(Field::name).containsExactly("a", "b");
        assertThat(sniffer.goodRecords()).isEqualTo(2);
        JsonSniffer nowhere = new JsonSniffer();
        nowhere.add(bytes("{\"y\":\"" + "z".repeat(50)), 0, true, new JsonFraming.Elements(List.of("x")));
        assertThat(nowhere.fields()).isEmpty();
    }

    @Test
    void countsWhatIsNoRecord() {
        JsonSniffer sniffer = new JsonSniffer();
        sniffer.add(bytes("1\n[2]\n{\"a\":1}\n{\"a\":"), 0, true, new JsonFraming.Lines());
        assertThat(sniffer.goodRecords()).isEqualTo(1);
        assertThat(sniffer.badRecords()).isEqualTo(2);
    }

    private static DataType typeOf(String... values) {
        StringBuilder text = new StringBuilder();
        for (String value : values) {
            text.append("{\"k\":").append(value).append("}\n");
        }
        return fields(text.toString()).getFirst().type();
    }

    private static List<Field> fields(String lines) {
        JsonSniffer sniffer = new JsonSniffer();
        sniffer.add(bytes(lines), 0, true, new JsonFraming.Lines());
        return sniffer.fields();
    }

    private static JsonFraming framing(String text) {
        return JsonSniffer.framing(bytes(text), true, List.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
