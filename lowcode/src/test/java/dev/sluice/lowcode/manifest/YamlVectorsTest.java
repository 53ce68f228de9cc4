package dev.sluice.lowcode.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.Vectors;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.ProblemException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What YAML means here, held against what PyYAML reads. */
class YamlVectorsTest {
    @Test
    void eachMeansWhatPythonReads() {
        List<String> wrong = new ArrayList<>();
        for (Map<Object, Object> vector : Vectors.of(getClass(), "yaml.jsonl")) {
            String yaml = Values.str(Values.member(vector, "yaml"));
            String expected = JsonValues.write(Values.member(vector, "expect"));
            String actual;
            try {
                actual = JsonValues.write(encoded(YamlDocument.read("m.yaml", yaml)));
            } catch (ProblemException failed) {
                actual = "{\"$error\":1}";
            }
            if (!actual.equals(expected)) {
                wrong.add(yaml + ": " + expected + " but was " + actual);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Object encoded(Object value) {
        return switch (value) {
            case LocalDate date -> Map.of("$date", date.toString());
            case Moment moment -> Map.of("$moment", moment.inUtc().toString());
            case Double number when number.isNaN() || number.isInfinite() -> Map.of("$float", Values.str(number));
            case List<?> list -> {
                List<Object> all = new ArrayList<>();
                list.forEach(each -> all.add(encoded(Values.requireDefined(each))));
                yield all;
            }
            case Map<?, ?> map -> {
                List<Object> pairs = new ArrayList<>();
                Values.asMap(map).forEach((key, each) -> pairs.add(List.of(encoded(key), encoded(each))));
                yield Map.of("$map", pairs);
            }
            default -> value;
        };
    }
}
