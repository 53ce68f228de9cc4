package dev.sluice.lowcode.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written as YAML is read again as what it was. */
class YamlTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": \"yes\", \"b\": \"010\", \"c\": \"2024-01-01\", \"d\": \"null\", \"e\": \"\", \"f\": \" x \"}",
                "{\"a\": [1, 2.5, true, null, {\"b\": {\"c\": []}}, [\"x\", [\"y\"]], {}], \"n\": \"no\", \"y\":"
                        + " \"y\"}",
                "{\"t\": \"{{ config['x'] }}\", \"lines\": \"one\\n"
                        + "  two\\n"
                        + "\", \"more\": \"a\\n"
                        + "\\n"
                        + "b\", \"#\": \"# no\"}",
                "{\"a b\": \"c: d\", \"1\": \"- x\", \"unicode\": \"\\u00e9\\u0007 \\n z\", \"tail\": \"x\\n\\n\"}"
            })
    void itStaysTheSame(String json) {
        Object value = JsonValues.read(json);
        String yaml = YamlText.of(Values.mapOrEmpty(value));
        Object again = YamlDocument.read("it", yaml);
        assertThat(JsonValues.canonical(again)).as(yaml).isEqualTo(JsonValues.canonical(value));
    }
}
