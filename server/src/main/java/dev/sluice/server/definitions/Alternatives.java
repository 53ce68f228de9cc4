package dev.sluice.server.definitions;

import dev.sluice.server.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the alternative that a configuration has chosen in the place of all of them. The choice is a field that is constant
 * in each of them, such as {@code auth_type}. So what is wrong is said of the fields that somebody sees, and not of each
 * alternative in turn.
 */
final class Alternatives {
    /** Metadata of the whole schema, which would have it looked up by its name. */
    private static final Set<String> NAMES = Set.of("$id", "$schema", "id");

    private final List<FieldProblem> problems = new ArrayList<>();

    /** Choices that are none. */
    List<FieldProblem> problems() {
        return problems;
    }

    Map<String, @Nullable Object> chosen(Map<?, ?> schema, @Nullable Object value, String path) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        schema.forEach((word, rule) -> {
            if (!NAMES.contains(String.valueOf(word)) || rule instanceof Map) {
                copy.put(String.valueOf(word), rule);
            }
        });
        if (value instanceof Map<?, ?> members) {
            if (schema.get("properties") instanceof Map<?, ?> properties) {
                copy.put("properties", properties(properties, members, path));
            }
            choose("oneOf", copy, members, path);
            choose("anyOf", copy, members, path);
        } else if (value instanceof List<?> elements && schema.get("items") instanceof Map<?, ?> items) {
            List<Object> each = new ArrayList<>();
            for (Object element : elements) {
                each.add(chosen(items, element, ConnectorSpec.below(path, String.valueOf(each.size()))));
            }
            copy.put("items", each.isEmpty() ? items : each);
        }
        return copy;
    }

    private Map<String, @Nullable Object> properties(Map<?, ?> properties, Map<?, ?> members, String path) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        properties.forEach((key, rule) -> {
            String name = String.valueOf(key);
            copy.put(
                    name,
                    rule instanceof Map<?, ?> map && members.get(name) != null
                            ? chosen(map, members.get(name), ConnectorSpec.below(path, name))
                            : rule);
        });
        return copy;
    }

    private void choose(String word, Map<String, @Nullable Object> schema, Map<?, ?> members, String path) {
        if (!(schema.get(word) instanceof List<?> alternatives)) {
            return;
        }
        String choice = choice(alternatives).orElse(null);
        if (choice == null) {
            return;
        }
        Set<String> known = new LinkedHashSet<>();
        for (Object each : alternatives) {
            String constant = constants(each).get(choice);
            known.add(String.valueOf(constant));
            if (constant != null
                    && constant.equals(JsonText.write(members.get(choice)))
                    && each instanceof Map<?, ?> map) {
                schema.remove(word);
                List<Object> all = new ArrayList<>();
                if (schema.get("allOf") instanceof List<?> others) {
                    all.addAll(others);
                }
                all.add(chosen(map, members, path));
                schema.put("allOf", all);
                return;
            }
        }
        schema.remove(word);
        String names = String.join(", ", known).replace("\"", "");
        problems.add(new FieldProblem(
                ConnectorSpec.below(path, choice),
                members.get(choice) == null ? "is required; it is one of " + names : "has to be one of " + names));
    }

    /** The field that is constant in all alternatives, and another one in each. */
    private static Optional<String> choice(List<?> alternatives) {
        if (alternatives.isEmpty()) {
            return Optional.empty();
        }
        return constants(alternatives.getFirst()).keySet().stream()
                .filter(name -> alternatives.stream()
                                .map(each -> constants(each).get(name))
                                .distinct()
                                .filter(constant -> constant != null)
                                .count()
                        == alternatives.size())
                .findFirst();
    }

    private static Map<String, String> constants(@Nullable Object alternative) {
        Map<String, String> constants = new LinkedHashMap<>();
        if (alternative instanceof Map<?, ?> schema && schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, rule) -> {
                if (rule instanceof Map<?, ?> map) {
                    if (map.containsKey("const")) {
                        constants.put(String.valueOf(name), JsonText.write(map.get("const")));
                    } else if (map.get("enum") instanceof List<?> values && values.size() == 1) {
                        constants.put(String.valueOf(name), JsonText.write(values.getFirst()));
                    }
                }
            });
        }
        return constants;
    }
}
