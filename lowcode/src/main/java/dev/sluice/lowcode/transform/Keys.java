package dev.sluice.lowcode.transform;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.Values;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Renames the keys of maps. */
final class Keys {
    private static final Pattern PART = Pattern.compile("[A-Z]+[a-z]*|[a-z]+|\\d+");

    private Keys() {}

    static void rename(Map<Object, Object> map, UnaryOperator<String> renaming, boolean deep) {
        Map<Object, Object> renamed = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (deep && value instanceof Map<?, ?> inner) {
                rename(Values.asMap(inner), renaming, true);
            }
            renamed.put(key instanceof String name ? renaming.apply(name) : key, value);
        });
        map.clear();
        map.putAll(renamed);
    }

    /** Words and numbers in lower case with underscores between them. */
    static String snake(String key) {
        String plain = Normalizer.normalize(key, Normalizer.Form.NFKD).replaceAll("[^\\x00-\\x7F]", "");
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(plain);
        while (matcher.find()) {
            parts.add(matcher.group().toLowerCase(Locale.ROOT));
        }
        boolean leading = !plain.isEmpty() && !Character.isLetter(plain.charAt(0));
        return (leading ? "_" : "") + String.join("_", parts);
    }

    /** The same fields with a prefix and a suffix at their names. */
    static Map<Object, Object> decorated(Map<Object, Object> fields, Optional<Component> rule) {
        if (rule.isEmpty()) {
            return fields;
        }
        String prefix = rule.get().text("prefix", "");
        String suffix = rule.get().text("suffix", "");
        Map<Object, Object> decorated = new LinkedHashMap<>();
        fields.forEach((key, value) -> decorated.put(prefix + Values.str(key) + suffix, value));
        return decorated;
    }
}
