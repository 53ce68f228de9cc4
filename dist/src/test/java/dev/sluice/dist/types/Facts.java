package dev.sluice.dist.types;

import dev.sluice.testkit.rows.Meaning;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks into JSON as {@link Meaning#normal} gives it: a value that is no container is a list that begins with its kind. */
final class Facts {
    private static final String STRING = "string";

    private Facts() {}

    /** The member of an object. */
    static Object at(Object tree, String key) {
        return Objects.requireNonNull(members(tree).get(key), () -> "there is no " + key + " in " + tree);
    }

    /** The members of an object. */
    static Map<?, ?> members(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("no object: " + tree);
    }

    /** The elements of an array. */
    static List<?> elements(Object tree) {
        if (tree instanceof List<?> list && !isValue(list)) {
            return list;
        }
        throw new IllegalArgumentException("no array: " + tree);
    }

    /** The text of a string or a number; null for null. */
    static @Nullable String text(Object value) {
        if (!(value instanceof List<?> list) || !isValue(list)) {
            throw new IllegalArgumentException("not one value: " + value);
        }
        if (list.size() == 1) {
            return list.getFirst().equals("null") ? null : String.valueOf(list.getFirst());
        }
        return list.getLast() instanceof BigDecimal number ? number.toPlainString() : String.valueOf(list.getLast());
    }

    /** True for a JSON string. */
    static boolean isString(Object tree) {
        return tree instanceof List<?> list && isValue(list) && list.getFirst().equals(STRING);
    }

    /** True for the JSON null. */
    static boolean isNull(Object tree) {
        return tree instanceof List<?> list && list.equals(List.of("null"));
    }

    /** A tree as JSON again. */
    static String json(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(member -> quoted(String.valueOf(member.getKey())) + ":" + json(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (tree instanceof List<?> list && !isValue(list)) {
            return list.stream().map(Facts::json).collect(Collectors.joining(",", "[", "]"));
        }
        return isString(tree) ? quoted(String.valueOf(text(tree))) : String.valueOf(text(tree));
    }

    /** A JSON string. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** The fields that the metadata of a row marks as altered, and why. */
    static Map<String, String> altered(Object meta) {
        return elements(at(meta, "changes")).stream()
                .collect(Collectors.toMap(
                        change -> String.valueOf(text(at(change, "field"))),
                        change -> String.valueOf(text(at(change, "reason")))));
    }

    private static boolean isValue(List<?> list) {
        return !list.isEmpty() && list.getFirst() instanceof String;
    }
}
