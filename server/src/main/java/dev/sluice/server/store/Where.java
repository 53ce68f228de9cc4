package dev.sluice.server.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions of a query with their values, of which some are asked for and others are not. */
public final class Where {
    private final List<String> conditions = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    /** Rows have to meet a condition. */
    public Where and(String condition, @Nullable Object... itsValues) {
        conditions.add(condition);
        Collections.addAll(values, itsValues);
        return this;
    }

    /** Rows have to have one of the values in a column; if there are none, no row has. */
    public Where in(String column, Collection<?> some) {
        if (some.isEmpty()) {
            return and("1 = 0");
        }
        return and(
                column + " IN (" + String.join(", ", Collections.nCopies(some.size(), "?")) + ")",
                some.toArray(Object[]::new));
    }

    /** There is a row of another table that has one of the values in a column; the query ends where that follows. */
    public Where exists(String query, String column, Collection<?> some) {
        Where inner = new Where().in(column, some);
        return and("EXISTS (" + query + String.join(" AND ", inner.conditions) + ")", inner.values());
    }

    /** One of some texts contains another one, whatever the case of its letters. */
    public Where contains(String part, String... columns) {
        String pattern = "%" + part.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        String each = " LIKE lower(?) ESCAPE '!'";
        return and(
                Arrays.stream(columns)
                        .map(column -> "lower(" + column + ")" + each)
                        .collect(Collectors.joining(" OR ", "(", ")")),
                Collections.nCopies(columns.length, pattern).toArray(Object[]::new));
    }

    /** The conditions as SQL, with a space before; empty if there are none. */
    public String sql() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    /** The values of the conditions. */
    public @Nullable Object[] values() {
        return values.toArray(Object[]::new);
    }

    /** The values of the conditions, and then those of a page: {@code LIMIT ? OFFSET ?}. */
    public @Nullable Object[] values(Page page) {
        List<@Nullable Object> all = new ArrayList<>(values);
        all.add(page.limit());
        all.add(page.offset());
        return all.toArray(Object[]::new);
    }
}
