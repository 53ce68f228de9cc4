package dev.sluice.server.secrets;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands in a configuration where a secret was. */
final class Reference {
    /** What answers show of a secret, and what comes back for one that stays. */
    static final String MASK = "**********";

    private static final String MEMBER = "_secret";
    private static final String COORDINATE = "secret_coordinate::";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private Reference() {}

    static Map<String, Object> to(UUID id) {
        return Map.of(MEMBER, id.toString());
    }

    /** True for what looks like a reference, whether it is a good one or not; only this package may write these. */
    static boolean isReference(@Nullable Object value) {
        return value instanceof Map<?, ?> map && map.containsKey(MEMBER);
    }

    /** The secret that is referred to. */
    static Optional<UUID> id(@Nullable Object value) {
        if (value instanceof Map<?, ?> map && map.size() == 1 && map.get(MEMBER) instanceof String id) {
            return Optional.of(UUID.fromString(id));
        }
        return Optional.empty();
    }

    /** What answers show who asked for coordinates. */
    static String coordinate(UUID id) {
        return COORDINATE + id;
    }

    static boolean isCoordinate(@Nullable Object value) {
        return value instanceof String text && text.startsWith(COORDINATE);
    }

    /** The variable that a text refers to as a whole. */
    static Optional<String> variable(@Nullable Object value) {
        if (value instanceof String text) {
            Matcher matcher = VARIABLE.matcher(text);
            if (matcher.matches()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }
}
