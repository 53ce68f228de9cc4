package dev.sluice.lowcode.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Paths into values. A part of a path may be a pattern: {@code *} for any key, {@code **} for any number of levels. */
public final class Dpath {
    private static final int MOST_DEPTH = 200;

    private Dpath() {}

    /** True if a part of the path is a pattern. */
    public static boolean hasPattern(List<String> path) {
        return path.stream().anyMatch(Dpath::isPattern);
    }

    private static boolean isPattern(String part) {
        return part.indexOf('*') >= 0 || part.indexOf('?') >= 0 || part.indexOf('[') >= 0;
    }

    /** The value at a path, or what stands for it. With patterns the first one. */
    public static Object get(Object value, List<String> path, Object fallback) {
        if (hasPattern(path)) {
            List<Object> all = all(value, path);
            return all.isEmpty() ? fallback : all.getFirst();
        }
        Object current = value;
        for (String part : path) {
            Object next = step(current, part);
            if (next == null) {
                return fallback;
            }
            current = next;
        }
        return current;
    }

    /** All values at a path with patterns. */
    public static List<Object> all(Object value, List<String> path) {
        List<Object> found = new ArrayList<>();
        walk(value, path, 0, 0, (parent, key) -> found.add(Objects.requireNonNull(step(parent, key))));
        return found;
    }

    private static @Nullable Object step(Object value, String part) {
        return switch (value) {
            case Map<?, ?> map -> map.get(part);
            case List<?> list -> {
                int place = place(list, part);
                yield place < 0 ? null : list.get(place);
            }
            default -> null;
        };
    }

    private static int place(List<?> list, String part) {
        if (!part.matches("-?\\d{1,9}")) {
            return -1;
        }
        int place = Integer.parseInt(part);
        int counted = place < 0 ? place + list.size() : place;
        return counted < list.size() ? counted : -1;
    }

    /** Calls for each place that a path means: with the map or list, and the key in it. */
    public static void walk(Object value, List<String> path, BiConsumer<Object, String> each) {
        walk(value, path, 0, 0, each);
    }

    private static void walk(Object value, List<String> path, int at, int depth, BiConsumer<Object, String> each) {
        if (at == path.size() || depth > MOST_DEPTH) {
            return;
        }
        String part = path.get(at);
        boolean last = at == path.size() - 1;
        if (part.equals("**")) {
            if (!last) {
                walk(value, path, at + 1, depth, each);
            }
            for (String key : keys(value)) {
                if (last) {
                    each.accept(value, key);
                }
                walk(Objects.requireNonNull(step(value, key)), path, at, depth + 1, each);
            }
            return;
        }
        for (String key : matching(value, part)) {
            if (last) {
                each.accept(value, key);
            } else {
                walk(Objects.requireNonNull(step(value, key)), path, at + 1, depth + 1, each);
            }
        }
    }

    private static List<String> matching(Object value, String part) {
        if (!isPattern(part)) {
            return step(value, part) == null ? List.of() : List.of(part);
        }
        Pattern pattern = glob(part);
        return keys(value).stream()
                .filter(key -> pattern.matcher(key).matches())
                .toList();
    }

    private static List<String> keys(Object value) {
        List<String> keys = new ArrayList<>();
        switch (value) {
            case Map<?, ?> map ->
                map.keySet().forEach(key -> {
                    if (key instanceof String text) {
                        keys.add(text);
                    }
                });
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    keys.add(Integer.toString(i));
                }
            }
            default -> {}
        }
        return keys;
    }

    private static Pattern glob(String part) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            int close = c == '[' ? part.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                String set = part.substring(i + 1, close)
                        .replace("\\", "\\\\")
                        .replace("[", "\\[")
                        .replace("&", "\\&");
                regex.append('[')
                        .append(set.startsWith("!") ? "^" + set.substring(1) : set)
                        .append(']');
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /**
     * Puts a value at a path and makes the maps and lists on the way.
     *
     * @throws Fault if something else stands on the way
     */
    public static void put(Map<Object, Object> map, List<String> path, Object value) {
        Object current = map;
        for (int i = 0; i < path.size(); i++) {
            boolean last = i == path.size() - 1;
            Object next = last ? value : step(current, path.get(i));
            if (next == null) {
                next = path.get(i + 1).matches("\\d{1,6}")
                        ? new ArrayList<Object>()
                        : new LinkedHashMap<Object, Object>();
            }
            put(current, path.get(i), next);
            current = next;
        }
    }

    private static void put(Object into, String key, Object value) {
        switch (into) {
            case Map<?, ?> map -> Values.asMap(map).put(key, value);
            case List<?> list
            when key.matches("\\d{1,6}") -> {
                List<Object> items = Values.asList(list);
                int place = Integer.parseInt(key);
                while (items.size() <= place) {
                    items.add(None.NONE);
                }
                items.set(place, value);
            }
            default -> throw Fault.value("nothing can be put into a " + Values.typeName(into));
        }
    }
}
