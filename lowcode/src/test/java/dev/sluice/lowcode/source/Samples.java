package dev.sluice.lowcode.source;

import dev.sluice.lowcode.value.LocalDates;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes up configurations and records that fit a JSON schema. */
final class Samples {
    private static final int MOST_DEPTH = 8;

    private Samples() {}

    /** A value that fits a schema; {@code name} is the field that it is for. */
    static Object of(Object schema, String name, int depth) {
        Map<Object, Object> map = Values.mapOrEmpty(schema);
        if (depth > MOST_DEPTH) {
            return "deep";
        }
        if (map.containsKey("const")) {
            return Values.member(map, "const");
        }
        if (map.get("oneOf") instanceof List<?> options && !options.isEmpty()) {
            return choice(map, options, name, depth);
        }
        Object fallback = Values.member(map, "default");
        if (Values.truthy(fallback)) {
            return LocalDates.asTexts(fallback);
        }
        if (map.get("enum") instanceof List<?> words && !words.isEmpty()) {
            return Values.requireDefined(words.getFirst());
        }
        return switch (type(map)) {
            case "object" -> {
                Map<Object, Object> object = new LinkedHashMap<>();
                Values.mapOrEmpty(Values.member(map, "properties"))
                        .forEach((key, property) -> object.put(key, of(property, Values.str(key), depth + 1)));
                yield object;
            }
            case "array" -> new ArrayList<>(List.of(of(Values.member(map, "items"), name, depth + 1)));
            case "integer", "number" -> Values.member(map, "minimum") instanceof Long least ? least : (Object) 1L;
            case "boolean" -> false;
            default -> text(map, name);
        };
    }

    private static Object choice(Map<Object, Object> map, List<?> options, String name, int depth) {
        Map<Object, Object> rest = new LinkedHashMap<>(map);
        rest.remove("oneOf");
        Object chosen = of(Values.requireDefined(options.getFirst()), name, depth + 1);
        if (!(chosen instanceof Map<?, ?> own) || !(of(rest, name, depth + 1) instanceof Map<?, ?> common)) {
            return chosen;
        }
        Map<Object, Object> both = new LinkedHashMap<>(Values.asMap(common));
        both.putAll(own);
        return both;
    }

    private static String type(Map<Object, Object> map) {
        Object type = Values.member(map, "type");
        if (type instanceof List<?> several) {
            for (Object each : several) {
                if (!"null".equals(each)) {
                    return Values.str(Values.requireDefined(each));
                }
            }
        }
        if (type instanceof String one) {
            return one;
        }
        return map.containsKey("properties") ? "object" : "string";
    }

    private static Object text(Map<Object, Object> map, String name) {
        if (map.get("examples") instanceof List<?> examples
                && !examples.isEmpty()
                && !(examples.getFirst() instanceof Map<?, ?>)
                && !Values.str(Values.requireDefined(examples.getFirst())).contains("<")) {
            return Values.str(LocalDates.asTexts(Values.requireDefined(examples.getFirst())));
        }
        String format = Values.str(Values.member(map, "format"));
        String pattern = Values.str(Values.member(map, "pattern"));
        if (format.equals("date-time")) {
            return "2024-03-02T00:00:00Z";
        }
        if (format.equals("date")) {
            return "2024-03-02";
        }
        if (name.contains("date") || name.contains("start")) {
            return pattern.contains("T") || pattern.equals("None") ? "2024-03-02T00:00:00Z" : "2024-03-02";
        }
        if (name.endsWith("url")) {
            return "http://service.example";
        }
        return name.replace('_', '-').toLowerCase(Locale.ROOT) + "-value";
    }

    /** The same value without the words that only this engine has. */
    static @Nullable Object plain(Object value) {
        return switch (value) {
            case None ignored -> null;
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, each) ->
                        copy.put(Values.str(Values.requireDefined(key)), plain(Values.requireDefined(each))));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(each -> copy.add(plain(Values.requireDefined(each))));
                yield copy;
            }
            default -> value;
        };
    }
}
