package dev.sluice.server.secrets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Goes over the parts of a value. */
final class Walk {
    private Walk() {}

    /**
     * The same value with other parts.
     *
     * @param each what becomes of a part; gets the name of a member, null for the element of a list
     */
    static @Nullable Object over(
            @Nullable Object value, BiFunction<@Nullable String, @Nullable Object, @Nullable Object> each) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((name, part) -> copy.put(String.valueOf(name), each.apply(String.valueOf(name), part)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                list.forEach(part -> copy.add(each.apply(null, part)));
                yield copy;
            }
            default -> value;
        };
    }
}
