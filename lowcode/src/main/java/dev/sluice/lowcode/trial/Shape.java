package dev.sluice.lowcode.trial;

import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The shape of values that were seen: their types, and those of what is in them. */
final class Shape {
    private static final int MOST_MEMBERS = 2000;
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?");

    private final Set<String> types = new TreeSet<>();
    private final Map<String, Shape> members = new LinkedHashMap<>();
    private @Nullable Shape elements;
    private boolean allDates = true;
    private boolean allTimes = true;
    private boolean allZoned = true;

    /** Sees a value. */
    void see(Object value) {
        switch (value) {
            case None ignored -> types.add("null");
            case Boolean ignored -> types.add("boolean");
            case String text -> {
                types.add("string");
                allDates &= DATE.matcher(text).matches();
                allTimes &= TIME.matcher(text).matches();
                allZoned &= text.endsWith("Z") || text.matches(".*[+-]\\d{2}:?\\d{2}");
            }
            case Map<?, ?> map -> {
                types.add("object");
                Values.asMap(map).forEach((name, inside) -> {
                    String key = Values.str(name);
                    if (members.containsKey(key) || members.size() < MOST_MEMBERS) {
                        members.computeIfAbsent(key, missing -> new Shape()).see(inside);
                    }
                });
            }
            case List<?> list -> {
                types.add("array");
                Shape inside = elements == null ? new Shape() : elements;
                elements = inside;
                Values.asList(list).forEach(inside::see);
            }
            default -> types.add(value instanceof Double ? "number" : "integer");
        }
    }

    /** The types, without whole numbers beside others. */
    Set<String> types() {
        Set<String> told = new TreeSet<>(types);
        if (told.contains("number")) {
            told.remove("integer");
        }
        return told;
    }

    Map<String, Shape> members() {
        return members;
    }

    /** As a JSON schema; every value may be missing. */
    Map<Object, Object> schema() {
        Map<Object, Object> schema = new LinkedHashMap<>();
        List<Object> told = new ArrayList<>();
        told.add("null");
        types().stream().filter(type -> !type.equals("null")).forEach(told::add);
        if (told.size() == 1) {
            told.add("string");
        }
        schema.put("type", told);
        if (types.contains("string")
                && types().stream().noneMatch(type -> !Set.of("string", "null").contains(type))) {
            if (allDates) {
                schema.put("format", "date");
            } else if (allTimes) {
                schema.put("format", "date-time");
                schema.put("airbyte_type", allZoned ? "timestamp_with_timezone" : "timestamp_without_timezone");
            }
        }
        if (types.contains("object")) {
            schema.put("properties", properties());
        }
        if (elements != null && !elements.types.isEmpty()) {
            schema.put("items", elements.schema());
        }
        return schema;
    }

    private Map<Object, Object> properties() {
        Map<Object, Object> properties = new LinkedHashMap<>();
        members.forEach((name, shape) -> properties.put(name, shape.schema()));
        return properties;
    }

    /** As the schema of a stream. */
    Map<Object, Object> whole() {
        Map<Object, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/schema#");
        schema.put("type", "object");
        schema.put("additionalProperties", true);
        schema.put("properties", properties());
        return schema;
    }
}
