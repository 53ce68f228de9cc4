package dev.sluice.lowcode.select;

import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Literals;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings the values of records into the types that the schema names. What does not go stays as it is. */
final class Normalization {
    private static final Set<String> TRUE = Set.of("y", "yes", "t", "true", "on", "1");
    private static final Set<String> FALSE = Set.of("n", "no", "f", "false", "off", "0");

    private final Object schema;

    private final Optional<DateRules> dates;

    Normalization(Object schema, Optional<DateRules> dates) {
        this.schema = schema;
        this.dates = dates;
    }

    void apply(Map<Object, Object> record) {
        members(record, schema);
    }

    private void members(Map<Object, Object> map, Object schema) {
        Map<Object, Object> properties = Values.mapOrEmpty(Values.member(schema, "properties"));
        map.replaceAll((key, value) -> {
            Object property = properties.get(key);
            return property == null ? value : shaped(value, property);
        });
    }

    private Object shaped(Object value, Object schema) {
        Object typed = value(value, schema);
        return dates.map(rules -> rules.applied(typed, schema)).orElse(typed);
    }

    private Object value(Object value, Object schema) {
        if (value instanceof Map<?, ?> map && Values.mapOrEmpty(schema).containsKey("properties")) {
            members(Values.asMap(map), schema);
        }
        if (value instanceof List<?> list && Values.mapOrEmpty(schema).containsKey("items")) {
            Object items = Values.member(schema, "items");
            Values.asList(list).replaceAll(each -> shaped(each, items));
        }
        List<Object> types = new ArrayList<>();
        Object given = Values.member(schema, "type");
        if (given instanceof List<?> several) {
            types.addAll(several);
        } else if (given instanceof String) {
            types.add(given);
        }
        boolean nullable = types.remove("null");
        if (types.size() != 1 || (value instanceof None && nullable)) {
            return value;
        }
        try {
            return converted(value, Values.str(types.getFirst()), schema);
        } catch (Fault | NumberFormatException stays) {
            return value;
        }
    }

    private static Object converted(Object value, String type, Object schema) {
        return switch (type) {
            case "string" -> value instanceof String ? value : Values.str(value);
            case "number" -> value instanceof String text ? Double.parseDouble(text.strip()) : number(value);
            case "integer" ->
                switch (value) {
                    case String text -> Numbers.whole(new BigInteger(text.strip()));
                    case Double real -> Numbers.truncate(real);
                    default -> Numbers.whole(Numbers.big(value));
                };
            case "boolean" -> truth(value);
            case "array" -> {
                boolean bare = Values.member(Values.member(schema, "items"), "type") instanceof String;
                yield value instanceof List<?> || bare ? value : new ArrayList<>(List.of(value));
            }
            default -> value;
        };
    }

    private static Object number(Object value) {
        return value instanceof Boolean
                ? Numbers.real(value)
                : value instanceof Number
                        ? (Object) Numbers.real(value)
                        : Literals.read(Values.str(value)).orElse(value);
    }

    private static Object truth(Object value) {
        if (!(value instanceof String text)) {
            return Values.truthy(value);
        }
        String word = text.toLowerCase(Locale.ROOT);
        return TRUE.contains(word) ? (Object) true : FALSE.contains(word) ? false : value;
    }
}
