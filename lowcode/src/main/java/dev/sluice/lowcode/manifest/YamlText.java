package dev.sluice.lowcode.manifest;

import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes values as YAML for people, which is read again as what it was, by the rules of either version of YAML. */
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./ -]*");

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    /** A value that is a map. */
    static String of(Map<Object, Object> value) {
        YamlText text = new YamlText();
        text.map(value, 0);
        return text.out.toString();
    }

    private void map(Map<Object, Object> map, int depth) {
        map.forEach((name, value) -> {
            out.append("  ".repeat(depth)).append(scalar(Values.str(name))).append(':');
            inside(value, depth + 1);
        });
    }

    private void list(List<Object> list, int depth) {
        for (Object each : list) {
            out.append("  ".repeat(depth)).append('-');
            if (each instanceof Map<?, ?> map && !map.isEmpty()) {
                YamlText inner = new YamlText();
                inner.map(Values.asMap(map), depth + 1);
                // The first member stands behind the hyphen.
                out.append(' ').append(inner.out.substring(2 * (depth + 1)));
            } else {
                inside(each, depth + 1);
            }
        }
    }

    private void inside(Object value, int depth) {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> {
                out.append('\n');
                map(Values.asMap(map), depth);
            }
            case List<?> list
            when !list.isEmpty() -> {
                out.append('\n');
                list(Values.asList(list), depth);
            }
            case String text
            when text.contains("\n") && isBlock(text) -> {
                out.append(text.endsWith("\n") ? " |\n" : " |-\n");
                text.lines()
                        .forEach(line -> out.append(line.isEmpty() ? "" : "  ".repeat(depth))
                                .append(line)
                                .append('\n'));
            }
            case String text -> out.append(' ').append(scalar(text)).append('\n');
            default -> out.append(' ').append(JsonValues.write(value)).append('\n');
        }
    }

    private static boolean isBlock(String text) {
        return !text.startsWith(" ")
                && !text.startsWith("\n")
                && !text.endsWith("\n\n")
                && text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7F));
    }

    private static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches()
                && !text.endsWith(" ")
                && YamlScalars.plain(text) instanceof String
                && !text.equalsIgnoreCase("y")
                && !text.equalsIgnoreCase("n");
        return plain ? text : JsonValues.write(text);
    }
}
