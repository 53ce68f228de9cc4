package dev.sluice.cli.certify;

import dev.sluice.cli.output.Json;
import dev.sluice.spi.runtime.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Configurations that are made from one that works and from what the connector says of its options.
 *
 * @param wrong those that have to be refused, by what is wrong with them
 * @param hostile those that nothing may break at
 */
record BadConfigs(Map<String, Config> wrong, Map<String, Config> hostile) {
    private static final int MOST_OPTIONS = 12;
    private static final String LARGE = "x".repeat(1 << 20);
    private static final int DEEP = 150;

    static BadConfigs of(String spec, Config works) {
        Map<String, Config> wrong = new LinkedHashMap<>();
        Map<String, Config> hostile = new LinkedHashMap<>();
        if (Json.read(spec) instanceof Map<?, ?> schema) {
            if (schema.get("required") instanceof List<?> required) {
                required.stream()
                        .map(String::valueOf)
                        .filter(works.values()::containsKey)
                        .forEach(option -> {
                            Map<String, @Nullable Object> values = new LinkedHashMap<>(works.values());
                            values.remove(option);
                            wrong.put("without " + option, Config.of(values));
                        });
            }
            if (schema.get("properties") instanceof Map<?, ?> properties) {
                properties.entrySet().stream()
                        .limit(MOST_OPTIONS)
                        .forEach(option ->
                                spoil(String.valueOf(option.getKey()), option.getValue(), works, wrong, hostile));
            }
        }
        return new BadConfigs(wrong, hostile);
    }

    private static void spoil(
            String option,
            @Nullable Object schema,
            Config works,
            Map<String, Config> wrong,
            Map<String, Config> hostile) {
        Object type = schema instanceof Map<?, ?> map ? map.get("type") : null;
        if ("integer".equals(type) || "boolean".equals(type) || "object".equals(type)) {
            wrong.put(option + " is a text", with(works, option, "surely not"));
        }
        if ("string".equals(type)) {
            wrong.put(option + " is an object", with(works, option, Map.of("a", 1)));
            hostile.put(option + " is very large", with(works, option, LARGE));
            hostile.put(option + " has control characters", with(works, option, "a\u0000b\r\nX-Header: c\u001b[31m"));
            hostile.put(option + " is a template", with(works, option, "{{ 1/0 }} ${x} %s '; -- \" ../../.."));
        }
        hostile.put(option + " is nested deeply", with(works, option, nested()));
        hostile.put(option + " is null", with(works, option, null));
    }

    private static Object nested() {
        Object nested = "deep";
        for (int i = 0; i < DEEP; i++) {
            nested = new ArrayList<>(List.of(nested));
        }
        return nested;
    }

    private static Config with(Config works, String option, @Nullable Object value) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(works.values());
        values.put(option, value);
        return Config.of(values);
    }
}
