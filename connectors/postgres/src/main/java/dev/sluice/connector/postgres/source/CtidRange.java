package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.json.Json;
import dev.sluice.connector.postgres.session.Quoting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of a table that a split reads: a run of heap pages of one table, or a whole relation.
 *
 * @param schema the schema of the table that is read: of a partition where the stream is partitioned
 * @param table the table
 * @param only true to leave out tables that inherit from it
 * @param firstPage the first page; -1 for a whole relation
 * @param endPage the page after the last one; -1 for all that follow
 */
record CtidRange(String schema, String table, boolean only, long firstPage, long endPage) {
    private static final long NONE = -1;

    static CtidRange whole(String schema, String table) {
        return new CtidRange(schema, table, false, NONE, NONE);
    }

    /** Divides a table into runs of pages; the last one is open, as rows may lie in pages that came later. */
    static List<CtidRange> divide(String schema, String table, long pages, int parts) {
        if (parts <= 1) {
            return List.of(new CtidRange(schema, table, true, NONE, NONE));
        }
        List<CtidRange> ranges = new ArrayList<>(parts);
        long each = Math.ceilDiv(pages, parts);
        for (long first = 0; first < pages; first += each) {
            boolean last = first + each >= pages;
            ranges.add(new CtidRange(schema, table, true, first, last ? NONE : first + each));
        }
        return ranges;
    }

    String quoted() {
        return Quoting.identifier(schema) + "." + Quoting.identifier(table);
    }

    /** What follows FROM, with the alias t. */
    String from() {
        return (only ? "ONLY " : "") + quoted() + " AS t";
    }

    /** The conditions in SQL; constants, so that the server scans the range of pages only. */
    List<String> conditions() {
        List<String> conditions = new ArrayList<>();
        if (firstPage > 0) {
            conditions.add("t.ctid >= '(" + firstPage + ",0)'::tid");
        }
        if (endPage >= 0) {
            conditions.add("t.ctid < '(" + endPage + ",0)'::tid");
        }
        return conditions;
    }

    String json() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("schema", schema);
        map.put("table", table);
        map.put("only", only);
        map.put("firstPage", firstPage);
        map.put("endPage", endPage);
        return Json.write(map);
    }

    static CtidRange parse(String json) {
        Map<String, @Nullable Object> map = Json.readObject(json);
        return new CtidRange(
                String.valueOf(map.get("schema")),
                String.valueOf(map.get("table")),
                Boolean.TRUE.equals(map.get("only")),
                ((Number) Objects.requireNonNull(map.get("firstPage"))).longValue(),
                ((Number) Objects.requireNonNull(map.get("endPage"))).longValue());
    }
}
