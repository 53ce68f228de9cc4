package dev.sluice.lowcode.template;

import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a call gives.
 *
 * @param positional those without a name
 * @param named those with one
 */
public record Arguments(List<Object> positional, Map<String, Object> named) {
    /** A call with nothing. */
    public static final Arguments NONE = new Arguments(List.of(), Map.of());

    /** The argument at a place or under a name, if it is given. */
    Optional<Object> optional(int place, String name) {
        return place < positional.size() ? Optional.of(positional.get(place)) : Optional.ofNullable(named.get(name));
    }

    /** The argument at a place or under a name. */
    public Object required(int place, String name) {
        return optional(place, name).orElseThrow(() -> Fault.type("the argument " + name + " is missing"));
    }

    /** The argument as a text. */
    String text(int place, String name) {
        if (Values.requireDefined(required(place, name)) instanceof String text) {
            return text;
        }
        throw Fault.type("the argument " + name + " is not a text");
    }

    /** The argument as a text, or what stands for it. */
    String text(int place, String name, String fallback) {
        return optional(place, name).isPresent() ? text(place, name) : fallback;
    }

    /** The argument as a whole number, or what stands for it. */
    long whole(int place, String name, long fallback) {
        Optional<Object> given = optional(place, name);
        return given.isEmpty() ? fallback : Numbers.big(given.get()).longValueExact();
    }

    /** The argument as a truth value, or what stands for it. */
    boolean truth(int place, String name, boolean fallback) {
        return optional(place, name).map(Values::truthy).orElse(fallback);
    }
}
