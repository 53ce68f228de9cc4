package dev.sluice.lowcode.trial;

import dev.sluice.lowcode.time.TimeFormat;
import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.workbench.FoundSchema;
import dev.sluice.spi.workbench.SchemaDifference;
import dev.sluice.spi.workbench.SchemaDifference.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What records say of the schema of their stream. */
public final class Learnt {
    private static final int LOOKED_AT = 200;
    private static final List<String> FORMATS = List.of(
            "%Y-%m-%dT%H:%M:%SZ",
            "%Y-%m-%dT%H:%M:%S.%fZ",
            "%Y-%m-%dT%H:%M:%S%z",
            "%Y-%m-%dT%H:%M:%S.%f%z",
            "%Y-%m-%dT%H:%M:%S",
            "%Y-%m-%dT%H:%M:%S.%f",
            "%Y-%m-%d %H:%M:%S",
            "%Y-%m-%d %H:%M:%S.%f",
            "%Y-%m-%d",
            "%Y-%m-%dT%H:%MZ",
            "%a, %d %b %Y %H:%M:%S %z");
    private static final long FIRST_SECOND = 946_684_800L;
    private static final long LAST_SECOND = 4_102_444_800L;

    private Learnt() {}

    /**
     * Looks at records.
     *
     * @param declared the schema that is declared
     * @param cursor the field of the cursor, which may hold seconds or milliseconds; empty if there is none
     */
    public static FoundSchema of(List<Map<Object, Object>> records, Object declared, String cursor) {
        Shape shape = new Shape();
        records.forEach(shape::see);
        List<SchemaDifference> differences = new ArrayList<>();
        if (!records.isEmpty()) {
            compare("", Values.member(declared, "properties"), shape, differences);
        }
        Map<String, String> formats = new LinkedHashMap<>();
        shape.members().forEach((name, member) -> format(records, name, member, name.equals(cursor), formats));
        return new FoundSchema(JsonValues.write(shape.whole()), differences, formats);
    }

    private static void compare(String place, Object properties, Shape shape, List<SchemaDifference> differences) {
        Map<Object, Object> declared = Values.mapOrEmpty(properties);
        shape.members().forEach((name, found) -> {
            Object schema = declared.get(name);
            String path = place + name;
            if (schema == null) {
                differences.add(new SchemaDifference(path, Kind.ADDED, null, String.join(", ", found.types())));
                return;
            }
            Set<String> types = declared(schema);
            Set<String> others = new TreeSet<>(found.types());
            others.removeIf(type -> type.equals("null")
                    || types.contains(type)
                    || (type.equals("integer") && types.contains("number")));
            if (!types.isEmpty() && !others.isEmpty()) {
                differences.add(new SchemaDifference(
                        path, Kind.TYPE, String.join(", ", types), String.join(", ", found.types())));
            } else if (!Values.mapOrEmpty(Values.member(schema, "properties")).isEmpty()) {
                compare(path + ".", Values.member(schema, "properties"), found, differences);
            }
        });
        declared.forEach((name, schema) -> {
            if (!shape.members().containsKey(Values.str(name))) {
                differences.add(new SchemaDifference(
                        place + Values.str(name), Kind.REMOVED, String.join(", ", declared(schema)), null));
            }
        });
    }

    /** The types that a schema allows; empty if it does not say. */
    private static Set<String> declared(Object schema) {
        Set<String> types = new TreeSet<>();
        Object type = Values.member(schema, "type");
        if (type instanceof String one) {
            types.add(one);
        } else if (type instanceof List<?> several) {
            Values.asList(several).forEach(each -> types.add(Values.str(each)));
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (Values.member(schema, choice) instanceof List<?> several) {
                Values.asList(several).forEach(each -> types.addAll(declared(each)));
            }
        }
        return types;
    }

    private static void format(
            List<Map<Object, Object>> records,
            String name,
            Shape shape,
            boolean isCursor,
            Map<String, String> formats) {
        List<Object> values = new ArrayList<>();
        for (Map<Object, Object> record : records) {
            Object value = record.get(name);
            if (value != null && !(value instanceof None) && values.size() < LOOKED_AT) {
                values.add(value);
            }
        }
        Set<String> types = new TreeSet<>(shape.types());
        types.remove("null");
        if (values.isEmpty() || types.size() != 1) {
            return;
        }
        if (types.contains("string")) {
            FORMATS.stream()
                    .filter(format -> values.stream().allMatch(value -> fits(value, format)))
                    .findFirst()
                    .ifPresent(format -> formats.put(name, format));
        } else if (isCursor && types.contains("integer")) {
            if (values.stream().allMatch(value -> between(value, 1))) {
                formats.put(name, "%s");
            } else if (values.stream().allMatch(value -> between(value, 1000))) {
                formats.put(name, "%ms");
            }
        }
    }

    private static boolean fits(Object value, String format) {
        if (Values.str(value).matches("\\d{1,7}")) {
            return false;
        }
        try {
            return TimeFormat.print(TimeFormat.parse(value, format), format).length() > 0;
        } catch (Fault other) {
            return false;
        }
    }

    private static boolean between(Object value, long unit) {
        return value instanceof Long number && number / unit >= FIRST_SECOND && number / unit <= LAST_SECOND;
    }
}
