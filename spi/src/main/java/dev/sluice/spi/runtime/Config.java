package dev.sluice.spi.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a source or destination: a JSON object as maps, lists, strings, numbers and booleans. Immutable.
 *
 * <p>It holds secrets in the clear, so {@link #toString()} shows the names of the options and none of the values.
 */
public final class Config {
    private final Map<String, @Nullable Object> values;

    private Config(Map<String, @Nullable Object> values) {
        this.values = values;
    }

    /**
     * A configuration with a deep copy of these values.
     *
     * @throws IllegalArgumentException if a value is of another kind than JSON knows
     */
    public static Config of(Map<String, ? extends @Nullable Object> values) {
        return new Config(copy(values));
    }

    /** The options by name, in order; unmodifiable all the way down. */
    public Map<String, @Nullable Object> values() {
        return values;
    }

    /** The names of the options only. */
    @Override
    public String toString() {
        return "Config" + values.keySet();
    }

    private static Map<String, @Nullable Object> copy(Map<?, ? extends @Nullable Object> map) {
        Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, value) -> copy.put(String.valueOf(key), copyOf(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object copyOf(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Number number -> number;
            case Boolean truth -> truth;
            case Map<?, ?> map -> copy(map);
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                list.forEach(element -> copy.add(copyOf(element)));
                yield Collections.unmodifiableList(copy);
            }
            default -> throw new IllegalArgumentException("a configuration cannot hold a " + value.getClass());
        };
    }
}
