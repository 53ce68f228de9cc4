package dev.sluice.cdk.cursor;

import dev.sluice.cdk.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The point at which an incremental read ended: a value of the cursor, and which rows at it and beyond it were delivered.
 *
 * <p>The next read takes the rows whose value is this one or greater, and leaves out those that are remembered. So a row
 * that came late with the same value is delivered, and none twice. Rows beyond the value are those whose value no read may
 * end at, such as one in the future.
 *
 * @param cursor the name of the column
 * @param value the value as text; null if no row had one at which the read could end
 * @param beyond the greatest value of a remembered row as text; null if there is none
 * @param seen the rows from the value on; none if the destination keeps one row a key, which makes repeats harmless
 * @param withoutValue the rows that had no value in the cursor; null if they were too many to remember
 * @param rowsWithoutValue how many those were
 */
public record CursorPosition(
        String cursor,
        @Nullable String value,
        @Nullable String beyond,
        SeenRows seen,
        @Nullable SeenRows withoutValue,
        long rowsWithoutValue) {
    public CursorPosition {
        Objects.requireNonNull(cursor);
        Objects.requireNonNull(seen);
    }

    /** The position as JSON. */
    public String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("cursor", cursor);
        map.put("value", value);
        map.put("beyond", beyond);
        map.put("seen", seen.text());
        map.put("nulls", rowsWithoutValue);
        map.put("seenNulls", withoutValue == null ? null : withoutValue.text());
        return Json.write(map);
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static CursorPosition parse(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        if (!(map.get("cursor") instanceof String cursor)
                || !(map.get("seen") instanceof String seen)
                || !(map.get("nulls") instanceof Number nulls)) {
            throw new IllegalArgumentException("the position lacks its cursor");
        }
        String seenNulls = text(map.get("seenNulls"));
        return new CursorPosition(
                cursor,
                text(map.get("value")),
                text(map.get("beyond")),
                SeenRows.parse(seen),
                seenNulls == null ? null : SeenRows.parse(seenNulls),
                nulls.longValue());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** All remembered rows. */
    public SeenRows remembered() {
        return withoutValue == null ? seen : seen.and(withoutValue);
    }
}
