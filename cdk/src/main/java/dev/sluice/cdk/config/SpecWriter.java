package dev.sluice.cdk.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a spec as the JSON schema of a form. */
final class SpecWriter {
    private SpecWriter() {}

    static Map<String, @Nullable Object> schema(ConfigSpec spec) {
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.putAll(group(spec, Map.of()));
        return schema;
    }

    private static Map<String, @Nullable Object> group(ConfigSpec spec, Map<String, String> constants) {
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        schema.put("title", spec.title());
        schema.put("type", "object");
        List<String> required = new ArrayList<>(constants.keySet());
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        constants.forEach((name, value) -> properties.put(name, constant(value)));
        int order = constants.size();
        for (Option<?> option : spec.options()) {
            properties.put(option.name(), property(option, order++));
            if (option.isRequired()) {
                required.add(option.name());
            }
        }
        schema.put("required", required);
        schema.put("additionalProperties", false);
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, @Nullable Object> constant(String value) {
        Map<String, @Nullable Object> property = new LinkedHashMap<>();
        property.put("type", "string");
        property.put("const", value);
        property.put("order", 0);
        return property;
    }

    private static Map<String, @Nullable Object> property(Option<?> option, int order) {
        Map<String, @Nullable Object> property = new LinkedHashMap<>();
        property.put("title", option.title());
        if (!option.description().isEmpty()) {
            property.put("description", option.description());
        }
        addKind(option.kind(), property);
        Object fallback = option.fallback();
        if (fallback != null && !(fallback instanceof Settings)) {
            property.put("default", fallback);
        }
        if (!option.examples().isEmpty()) {
            property.put("examples", option.examples());
        }
        property.put("order", order);
        return property;
    }

    private static void addKind(OptionKind kind, Map<String, @Nullable Object> property) {
        switch (kind) {
            case OptionKind.Text text -> {
                property.put("type", "string");
                if (!text.pattern().isEmpty()) {
                    property.put("pattern", "^(?:" + text.pattern() + ")$");
                }
                if (text.path()) {
                    property.put("format", "path");
                }
                if (text.multiline()) {
                    property.put("multiline", true);
                }
                if (text.secret()) {
                    property.put("airbyte_secret", true);
                }
            }
            case OptionKind.Whole whole -> {
                property.put("type", "integer");
                property.put("minimum", whole.least());
                property.put("maximum", whole.most());
            }
            case OptionKind.Truth ignored -> property.put("type", "boolean");
            case OptionKind.OneText one -> {
                property.put("type", "string");
                property.put("enum", one.values());
            }
            case OptionKind.Texts ignored -> {
                property.put("type", "array");
                property.put("items", Map.of("type", "string"));
            }
            case OptionKind.NamedTexts named -> {
                property.put("type", "object");
                property.put(
                        "additionalProperties",
                        named.paths() ? Map.of("type", "string", "format", "path") : Map.of("type", "string"));
            }
            case OptionKind.OneGroup one -> {
                property.put("type", "object");
                List<Object> groups = new ArrayList<>();
                one.groups().forEach((name, spec) -> groups.add(group(spec, Map.of(one.discriminator(), name))));
                property.put("oneOf", groups);
            }
        }
    }
}
