package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.json.Json;
import dev.sluice.connector.mysql.source.Relation.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a table that a split reads: the rows whose key lies behind one bound and up to another, in the server's own
 * order of the key. Neighbouring ranges share a bound, so no row lies between them whatever the order is.
 *
 * @param after texts of values of the first columns of the key; null for the beginning
 * @param upTo the same for the last row; null for the end
 */
record KeyRange(@Nullable List<String> after, @Nullable List<String> upTo) {
    static final KeyRange WHOLE = new KeyRange(null, null);

    /** The ranges between these bounds, which are in order. */
    static List<KeyRange> between(List<List<String>> bounds) {
        List<KeyRange> ranges = new ArrayList<>();
        List<String> last = null;
        for (List<String> bound : bounds) {
            ranges.add(new KeyRange(last, bound));
            last = bound;
        }
        ranges.add(new KeyRange(last, null));
        return ranges;
    }

    /** The conditions in SQL. */
    List<String> conditions(List<Column> key) {
        List<String> conditions = new ArrayList<>();
        if (after != null) {
            conditions.add(compare(key, after, 0, ">", ">"));
        }
        if (upTo != null) {
            conditions.add(compare(key, upTo, 0, "<", "<="));
        }
        return conditions;
    }

    /** Compares column by column, in the form that servers turn into a range of an index. */
    private static String compare(List<Column> key, List<String> bound, int index, String operator, String atLast) {
        Column column = key.get(index);
        String value = column.literal(bound.get(index));
        if (index == bound.size() - 1) {
            return column.quoted() + " " + atLast + " " + value;
        }
        return "(" + column.quoted() + " " + operator + " " + value + " OR (" + column.quoted() + " = " + value
                + " AND " + compare(key, bound, index + 1, operator, atLast) + "))";
    }

    String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("after", after);
        map.put("upTo", upTo);
        return Json.write(map);
    }

    static KeyRange parse(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        return new KeyRange(texts(map.get("after")), texts(map.get("upTo")));
    }

    private static @Nullable List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : null;
    }
}
