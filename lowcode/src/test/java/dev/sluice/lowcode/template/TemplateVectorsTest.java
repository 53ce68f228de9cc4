package dev.sluice.lowcode.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.Vectors;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Tuple;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What templates give, held against what Jinja2 and Python gave for the same ones. */
class TemplateVectorsTest {
    private static final String CONTEXT = """
        {"config": {"a": 1, "s": "text", "n": null, "list": [1, 2, 3], "names": ["b", "a", "C"], "f": 1.5,
          "map": {"k": "v", "items": "field"}, "t": true, "zero": 0, "empty": "", "num": "123", "q": "it's",
          "u": "äöü €", "objs": [{"id": 1, "n": "x"}, {"id": 2, "n": "y"}, {"id": 3}]},
         "record": {"id": "007", "updated": "2021-01-01", "deep": {"a": {"b": 2}}, "items": [1, 2], "null": null},
         "parameters": {"p": "para"}}\
        """;

    private final Templates templates =
            new Templates(Clock.fixed(Instant.parse("2021-01-14T12:30:45.123456Z"), ZoneOffset.UTC));

    private static Scope scope() {
        Map<Object, Object> context = Values.mapOrEmpty(JsonValues.read(CONTEXT));
        Scope scope = Scope.EMPTY;
        for (Map.Entry<Object, Object> entry : context.entrySet()) {
            scope = scope.with(Values.str(entry.getKey()), entry.getValue());
        }
        return scope;
    }

    @Test
    void eachGivesWhatPythonGives() {
        List<String> wrong = new ArrayList<>();
        List<Map<Object, Object>> vectors = Vectors.of(getClass(), "templates.jsonl");
        assertThat(vectors).hasSizeGreaterThan(300);
        for (Map<Object, Object> vector : vectors) {
            String template = Values.str(Values.member(vector, "template"));
            compare("string", vector, () -> templates.value(template, scope()), wrong);
            compare("orNone", vector, () -> templates.orNone(template, Set.of(), scope()), wrong);
            compare("holds", vector, () -> templates.holds(template, scope()), wrong);
        }
        assertThat(wrong).isEmpty();
    }

    private static void compare(
            String kind, Map<Object, Object> vector, Supplier<Object> evaluate, List<String> wrong) {
        String expected = JsonValues.write(Values.member(vector, kind));
        String actual;
        try {
            actual = JsonValues.write(encoded(evaluate.get()));
        } catch (ProblemException failed) {
            actual = "{\"$error\"}";
        }
        boolean bothFail = expected.startsWith("{\"$error\"") && actual.startsWith("{\"$error\"");
        if (!bothFail && !expected.equals(actual)) {
            wrong.add(kind + " of " + Values.member(vector, "template") + ": " + expected + " but was " + actual);
        }
    }

    /** What JSON has no word for, in the words of the vectors. */
    private static Object encoded(Object value) {
        return switch (value) {
            case Tuple(List<Object> items) -> Map.of("$tuple", all(items));
            case Set<?> set -> Map.of("$set", all(List.copyOf(set)));
            case List<?> list -> all(list);
            case Map<?, ?> map -> {
                List<Object> pairs = new ArrayList<>();
                map.forEach((key, each) -> pairs.add(List.of(encoded(key), encoded(each))));
                yield Map.of("$map", pairs);
            }
            case Double number when number.isInfinite() -> new LinkedHashMap<>(Map.of("$float", "inf"));
            default -> value;
        };
    }

    private static List<Object> all(List<?> items) {
        List<Object> encoded = new ArrayList<>();
        items.forEach(item -> encoded.add(encoded(item)));
        return encoded;
    }
}
