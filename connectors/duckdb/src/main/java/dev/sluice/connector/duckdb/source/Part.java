package dev.sluice.connector.duckdb.source;

import dev.sluice.cdk.cursor.CursorPosition;
import dev.sluice.cdk.json.Json;
import dev.sluice.cdk.sql.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one split.
 *
 * @param rows which rows of an incremental read
 * @param from the first row id; null for all
 * @param to the row id behind the last one; null for all
 */
record Part(Rows rows, @Nullable Long from, @Nullable Long to) {

    /** Which rows of an incremental read a split holds. */
    enum Rows {
        /** All that the read takes. */
        ALL,
        /** Those among which remembered rows can be. */
        REMEMBERED,
        /** Those beyond all remembered rows. */
        NEWER
    }

    static Part all() {
        return new Part(Rows.ALL, null, null);
    }

    String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("rows", rows.name());
        map.put("from", from);
        map.put("to", to);
        return Json.write(map);
    }

    static Part parse(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        return new Part(Rows.valueOf(String.valueOf(map.get("rows"))), whole(map.get("from")), whole(map.get("to")));
    }

    private static @Nullable Long whole(@Nullable Object value) {
        return value instanceof Number number ? (Long) number.longValue() : null;
    }

    /** True if the rows come by their ids, so that a read can go on after one. */
    boolean isRange() {
        return from != null && to != null;
    }

    /** True if remembered rows have to be left out. */
    boolean mayHoldRemembered() {
        return rows != Rows.NEWER;
    }

    /**
     * The condition of the rows.
     *
     * @param after the position from which the read goes on; null if it reads everything
     * @param cursor the cursor; null if there is none
     * @param resumeAt the row id from which to go on; null for the beginning
     */
    Condition condition(@Nullable CursorPosition after, @Nullable CursorColumn cursor, @Nullable Long resumeAt) {
        List<String> range = new ArrayList<>();
        if (from != null && to != null) {
            range.add(Relation.ROW_ID + " >= " + (resumeAt == null ? from : Math.max(from, resumeAt)));
            range.add(Relation.ROW_ID + " < " + to);
        }
        Condition inRange = range.isEmpty() ? Condition.ALWAYS : Condition.of(String.join(" AND ", range));
        return after == null || cursor == null ? inRange : inRange.and(increment(after, cursor));
    }

    private Condition increment(CursorPosition after, CursorColumn cursor) {
        String column = cursor.quoted();
        Condition known = Condition.of(column + " IS NOT NULL");
        Condition since =
                after.value() == null ? known : Condition.of(column + " >= " + cursor.parameter(), after.value());
        Condition beyond = after.beyond() == null
                ? since
                : since.and(Condition.of(column + " > " + cursor.parameter(), after.beyond()));
        Condition within = after.beyond() == null
                ? Condition.of("FALSE")
                : since.and(Condition.of(column + " <= " + cursor.parameter(), after.beyond()));
        Condition without = after.withoutValue() == null ? Condition.of("FALSE") : Condition.of(column + " IS NULL");
        return switch (rows) {
            case ALL -> since.or(without);
            case REMEMBERED -> within.or(without);
            case NEWER -> beyond;
        };
    }
}
