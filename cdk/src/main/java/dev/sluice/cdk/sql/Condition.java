package dev.sluice.cdk.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A condition on rows with the values of its question marks.
 *
 * @param sql the condition, safe to join with AND
 * @param parameters the values
 */
public record Condition(String sql, List<Object> parameters) {
    /** Holds for each row. */
    public static final Condition ALWAYS = new Condition("TRUE", List.of());

    public Condition {
        parameters = List.copyOf(parameters);
    }

    /** A condition with these values. */
    public static Condition of(String sql, Object... parameters) {
        return new Condition(sql, List.of(parameters));
    }

    /** Both. */
    public Condition and(Condition other) {
        return joined(" AND ", other);
    }

    /** At least one of both. */
    public Condition or(Condition other) {
        return joined(" OR ", other);
    }

    private Condition joined(String word, Condition other) {
        List<Object> all = new ArrayList<>(parameters);
        all.addAll(other.parameters);
        return new Condition("(" + sql + word + other.sql + ")", all);
    }

    /** The values as arguments of a statement. */
    public Object[] arguments() {
        return parameters.toArray();
    }
}
