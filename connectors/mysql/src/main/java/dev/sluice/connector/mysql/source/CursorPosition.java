package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.cursor.SeenRows;
import dev.sluice.cdk.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an incremental read ended: a low mark of the cursor, and which rows from there on were delivered. The next read
 * takes the rows from the mark on and leaves out those that are remembered, so that rows which were committed late, tie
 * with the last value, or lie in the future are delivered, each once.
 *
 * @param cursor the name of the column
 * @param low the low mark as text; null if the next read looks at all rows that have a value
 * @param rank the value below which only rows of transactions lie that were open at the time; null if there were few rows
 * @param openUpTo the greatest number of a transaction that was open then; 0 if none was
 * @param columns the columns over which the digests go
 * @param seen the rows from the mark on; null if they were too many, so that the next read delivers them again
 * @param valueless the rows without a value in the cursor
 */
record CursorPosition(
        String cursor,
        @Nullable String low,
        @Nullable String rank,
        long openUpTo,
        List<String> columns,
        @Nullable SeenRows seen,
        Valueless valueless) {
    /**
     * Rows that have no value in the cursor.
     *
     * @param rows the rows; null if they were too many to remember
     * @param count how many they were
     */
    record Valueless(@Nullable SeenRows rows, long count) {}

    CursorPosition {
        Objects.requireNonNull(cursor);
        columns = List.copyOf(columns);
    }

    String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("cursor", cursor);
        map.put("low", low);
        map.put("rank", rank);
        map.put("open", openUpTo);
        map.put("columns", columns);
        map.put("seen", seen == null ? null : seen.text());
        map.put("nulls", valueless.count());
        map.put("seenNulls", valueless.rows() == null ? null : valueless.rows().text());
        return Json.write(map);
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static CursorPosition parse(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        if (!(map.get("cursor") instanceof String cursor)
                || !(map.get("columns") instanceof List<?> columns)
                || !(map.get("open") instanceof Number open)
                || !(map.get("nulls") instanceof Number nulls)) {
            throw new IllegalArgumentException("the position lacks its cursor");
        }
        return new CursorPosition(
                cursor,
                text(map.get("low")),
                text(map.get("rank")),
                open.longValue(),
                columns.stream().map(String::valueOf).toList(),
                rows(map.get("seen")),
                new Valueless(rows(map.get("seenNulls")), nulls.longValue()));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable SeenRows rows(@Nullable Object value) {
        return value == null ? null : SeenRows.parse(value.toString());
    }

    /** All remembered rows. */
    SeenRows remembered() {
        SeenRows valued = seen == null ? SeenRows.NONE : seen;
        SeenRows others = valueless.rows();
        return others == null ? valued : valued.and(others);
    }

    /** The condition in SQL of the rows from the mark on, those without a value included where they are remembered. */
    String window(Relation.Column column) {
        String valued = low == null ? column.quoted() + " IS NOT NULL" : column.quoted() + " >= " + column.literal(low);
        return valueless.rows() == null ? valued : "(" + valued + " OR " + column.quoted() + " IS NULL)";
    }
}
