package dev.sluice.server.actors;

import dev.sluice.server.secrets.SecretFields;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields are secret of a configuration that a connector has changed itself. What the spec calls so, and each text
 * that it changed: that is a token most of the time, whether its spec knows the field or not.
 */
public record RenewedFields(
        SecretFields spec,
        @Nullable Object before,
        @Nullable Object after) implements SecretFields {
    @Override
    public boolean isSecret() {
        return spec.isSecret() || (after instanceof String && !after.equals(before));
    }

    @Override
    public SecretFields member(String name) {
        return new RenewedFields(spec.member(name), in(before, name), in(after, name));
    }

    @Override
    public SecretFields elements() {
        return spec.elements();
    }

    /**
     * What was changed, laid over what is shown of the rest.
     *
     * @param shown with masks in the place of secrets
     * @param before with the secrets themselves
     * @param after with the secrets themselves
     */
    public static @Nullable Object over(@Nullable Object shown, @Nullable Object before, @Nullable Object after) {
        if (same(before, after)) {
            return shown;
        }
        if (before instanceof Map<?, ?> && after instanceof Map<?, ?> members) {
            Map<String, @Nullable Object> merged = LinkedHashMap.newLinkedHashMap(members.size());
            members.forEach((key, value) -> {
                String name = String.valueOf(key);
                merged.put(name, over(in(shown, name), in(before, name), value));
            });
            return merged;
        }
        return after;
    }

    private static @Nullable Object in(@Nullable Object value, String name) {
        return value instanceof Map<?, ?> members ? members.get(name) : null;
    }

    private static boolean same(@Nullable Object before, @Nullable Object after) {
        return switch (before) {
            case null -> after == null;
            case Number number
            when after instanceof Number other ->
                new BigDecimal(number.toString()).compareTo(new BigDecimal(other.toString())) == 0;
            case List<?> list
            when after instanceof List<?> others && list.size() == others.size() -> {
                boolean all = true;
                for (int i = 0; i < list.size(); i++) {
                    all &= same(list.get(i), others.get(i));
                }
                yield all;
            }
            case Map<?, ?> map
            when after instanceof Map<?, ?> others && map.keySet().equals(others.keySet()) ->
                map.entrySet().stream().allMatch(entry -> same(entry.getValue(), others.get(entry.getKey())));
            default -> before.equals(after);
        };
    }

    @Override
    public String toString() {
        return "renewed fields";
    }
}
