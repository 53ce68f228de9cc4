package dev.sluice.connector.duckdb.source;

import java.util.ArrayList;
import java.util.List;

/**
 * A condition on rows with the values of its question marks, which are texts.
 *
 * @param sql the condition, safe to join with AND
 * @param parameters the values
 */
record Condition(String sql, List<String> parameters) {
    static final Condition ALWAYS = new Condition("TRUE", List.of());

    Condition {
        parameters = List.copyOf(parameters);
    }

    static Condition of(String sql, String... parameters) {
        return new Condition(sql, List.of(parameters));
    }

    Condition and(Condition other) {
        return joined(" AND ", other);
    }

    Condition or(Condition other) {
        return joined(" OR ", other);
    }

    private Condition joined(String word, Condition other) {
        List<String> all = new ArrayList<>(parameters);
        all.addAll(other.parameters);
        return new Condition("(" + sql + word + other.sql + ")", all);
    }

    /** The values as arguments of a statement. */
    Object[] arguments() {
        return parameters.toArray();
    }
}
