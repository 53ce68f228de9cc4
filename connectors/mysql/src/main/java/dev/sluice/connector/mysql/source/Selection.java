package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.cursor.SeenRows;
import dev.sluice.connector.mysql.source.Relation.Column;
import dev.sluice.connector.mysql.wire.Decoding;
import dev.sluice.connector.mysql.wire.ResultReader.ResultColumn;
import dev.sluice.connector.mysql.wire.ResultReader.Shape;
import dev.sluice.connector.mysql.wire.RowFilter;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a query selects: the fields, and in front of them the columns over which digests of rows go, so that the bytes of
 * a row's digest stand together.
 */
final class Selection {
    private static final String NOTHING = "1";

    private final Relation relation;
    private final Schema schema;
    private final Map<String, String> stamps;
    private final List<String> expressions = new ArrayList<>();
    private final List<ResultColumn> columns = new ArrayList<>();
    private final Set<String> placed = new HashSet<>();

    private @Nullable Digested delivered;
    private @Nullable Digested expected;
    private int flag = -1;

    /** Rows that are known by their digests, over a run of columns. */
    private record Digested(int first, int end, SeenRows.Filter rows) {}

    /**
     * Begins.
     *
     * @param stamps what fields that the table does not have hold, in SQL
     */
    Selection(Relation relation, Schema schema, Map<String, String> stamps) {
        this.relation = relation;
        this.schema = schema;
        this.stamps = stamps;
    }

    /** Leaves out the rows that were delivered up to a position; false if they cannot be told any more. */
    boolean leaveOut(CursorPosition before) {
        SeenRows rows = before.remembered();
        if (rows.size() == 0) {
            return true;
        }
        if (before.columns().stream().anyMatch(column -> relation.find(column).isEmpty())) {
            return false;
        }
        delivered = digested(before.columns(), rows);
        return true;
    }

    /** Of the rows in the window of a position, delivers only those that it remembers: others came after it. */
    void keepOnly(CursorPosition end, Column cursor) {
        if (end.seen() == null) {
            return;
        }
        expected = digested(end.columns(), end.remembered());
        flag = columns.size();
        expressions.add("IFNULL(" + end.window(cursor) + ", 0)");
        columns.add(ResultColumn.HIDDEN);
    }

    private Digested digested(List<String> names, SeenRows rows) {
        int first = columns.size();
        names.forEach(this::select);
        return new Digested(first, columns.size(), rows.filter());
    }

    private void select(String name) {
        String stamp = stamps.get(name);
        int field = placed.add(name) ? schema.indexOf(name).orElse(-1) : -1;
        expressions.add(stamp == null ? relation.column(name).expression() : stamp);
        Decoding decoding = relation.decoding(name);
        columns.add(field < 0 ? ResultColumn.HIDDEN : new ResultColumn(field, decoding));
    }

    private void selectTheRest() {
        for (Field field : schema.fields()) {
            if (!placed.contains(field.name())) {
                select(field.name());
            }
        }
        if (columns.isEmpty()) {
            expressions.add(NOTHING);
            columns.add(ResultColumn.HIDDEN);
        }
    }

    /** The query of the rows that fulfil all conditions. */
    String sql(List<String> conditions, @Nullable String index) {
        selectTheRest();
        return "SELECT " + String.join(", ", expressions) + " FROM " + relation.quoted()
                + (index == null ? "" : " FORCE INDEX (" + index + ")")
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    /** How the rows of the query are read. */
    Shape shape() {
        return new Shape(schema, columns, delivered == null && expected == null ? null : filter());
    }

    private RowFilter filter() {
        RowDigest digest = new RowDigest();
        Digested out = delivered;
        Digested only = expected;
        int flagged = flag;
        return (bytes, starts) -> {
            if (out != null && out.rows().takesOut(digest.of(bytes, starts[out.first()], starts[out.end()]))) {
                return false;
            }
            // The flag is a text of one character behind its length.
            return only == null
                    || bytes[starts[flagged] + 1] == '0'
                    || only.rows().takesOut(digest.of(bytes, starts[only.first()], starts[only.end()]));
        };
    }
}
