package dev.sluice.engine.map;

import static dev.sluice.engine.map.Batches.mapping;
import static dev.sluice.engine.map.Batches.row;
import static dev.sluice.engine.map.Batches.rows;
import static dev.sluice.engine.map.Batches.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of documents exactly the chosen paths are left, as the source wrote them. */
class SelectingTest {
    private static final Schema SCHEMA = Schema.of(new Field("doc", new DataType.JsonType()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            nullValues = "NULL",
            value = {
                "a|{\"a\": 1, \"b\": 2}|{\"a\":1}",
                "a|{\"b\": 2}|{}",
                "a|{}|{}",
                "a.b|{\"a\": {\"b\": [1, {\"c\": 2}], \"c\": 3}, \"d\": 4}|{\"a\":{\"b\":[1, {\"c\": 2}]}}",
                "a.b c|{\"c\": 1.50e3, \"a\": {\"b\": \"x\\\"}\"}}|{\"c\":1.50e3,\"a\":{\"b\":\"x\\\"}\"}}",
                "a.b|{\"a\": [{\"b\": 1, \"c\": 2}, 7, {\"c\": 3}, null]}|{\"a\":[{\"b\":1},{},null]}",
                "a|[{\"a\": 1, \"b\": 2}, {\"b\": 3}]|[{\"a\":1},{}]",
                "a.b|{\"a\": \"secret\", \"b\": 1}|{}",
                "a.b|{\"a\": null}|{\"a\":null}",
                "a|\"secret\"|NULL",
                "a|42|NULL",
                "a|null|null",
                "ä|{\"\\u00e4\": 1, \"b\": 2}|{\"\\u00e4\":1}",
                "a|{\"a\": 1, \"a\": 2}|{\"a\":1,\"a\":2}",
            })
    void keepsTheChosenPathsOnly(String paths, String document, String expected) {
        Mapped mapped = select(paths).apply(Batches.of(SCHEMA, row(document)), false);

        assertThat(mapped.rejections()).isEmpty();
        assertThat(rows(mapped.batch()).getFirst().getFirst()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\"",
                "{\"a\": }",
                "{\"a\": 1",
                "{\"a\" 1}",
                "[1, 2",
                "{} x",
                "",
                "\"abc",
                "{\"a\": \"\\"
            })
    void rejectsWhatIsNoDocument(String document) {
        Mapped mapped = select("a").apply(Batches.of(SCHEMA, row(document)), false);

        assertThat(mapped.rejections()).extracting(Mapped.Rejection::code).containsExactly("INVALID_JSON");
    }

    @Test
    void livesWithDepth() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThat(select("a").apply(Batches.of(SCHEMA, row(deep)), false).rejections())
                .hasSize(1);
        assertThat(rows(select("b")
                                .apply(Batches.of(SCHEMA, row("{\"a\":" + deep + "}")), false)
                                .batch())
                        .getFirst())
                .containsExactly("{}");
    }

    @Test
    void knowsTheTypesOfWhatIsLeft() {
        DataType address = new DataType.ObjectType(List.of(text("street"), text("city")));
        Schema schema = Schema.of(new Field(
                "people",
                new DataType.ArrayType(new DataType.ObjectType(List.of(text("name"), new Field("address", address))))));
        Mapping mapping = mapping(schema, new MapperSpec.Select("people", List.of(List.of("address", "city"))));

        assertThat(mapping.schema().field(0).type().notation())
                .isEqualTo("array<object<address: object<city: string>>>");
        assertThatThrownBy(() -> mapping(schema, new MapperSpec.Select("people", List.of(List.of("address", "town")))))
                .isInstanceOfSatisfying(ProblemException.class, failure -> {
                    assertThat(failure.problem().code()).isEqualTo("E_FIELD_NOT_FOUND");
                    assertThat(failure.problem().message()).contains("no field town in people.address");
                });
    }

    private static Mapping select(String paths) {
        return mapping(
                SCHEMA,
                new MapperSpec.Select(
                        "doc",
                        Arrays.stream(paths.split(" "))
                                .map(path -> List.of(path.split("\\.")))
                                .toList()));
    }
}
