package dev.sluice.cdk.sql;

import dev.sluice.spi.catalog.DestinationSyncMode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that bring loaded rows into a table of somebody else's. Each is about a range of the loaded rows. Of several
 * loaded rows with one key the last one counts.
 *
 * @param target the table, quoted
 * @param loaded the table of loaded rows, quoted
 * @param columns the columns that are written
 * @param key the columns that rows are found by; empty if none are looked for
 * @param dialect the database
 * @param tables how it is spoken to about tables of others
 */
record ObjectStatements(
        String target,
        String loaded,
        List<Written> columns,
        List<Written> key,
        SqlDialect dialect,
        ObjectTables tables) {
    /** Counts the loaded rows. */
    static final String ROW = "_sluice_row";

    private static final String NTH = "_sluice_nth";

    /**
     * A column that is written.
     *
     * @param kept true if a null leaves the value that is there
     */
    record Written(ObjectTable.Column column, boolean kept) {
        String name() {
            return column.name();
        }
    }

    /** The statements of a method, in order. */
    List<String> of(DestinationSyncMode method, int from, int to) {
        return switch (method) {
            case APPEND, OVERWRITE -> List.of(insert(source(from, to), "TRUE"));
            case APPEND_DEDUP, OVERWRITE_DEDUP, MIRROR ->
                values().isEmpty()
                        ? List.of(insert(latest(from, to), isNew()))
                        : List.of(update(from, to), insert(latest(from, to), isNew()));
            case UPDATE, SOFT_DELETE -> values().isEmpty() ? List.of() : List.of(update(from, to));
            case DELETE -> List.of(tables.delete(target, latest(from, to), keyColumns(), matches()));
        };
    }

    /** Asks for the places of rows in a range which nothing in the table matches. */
    String unmatched(int from, int to) {
        return "SELECT s." + ROW + " FROM " + source(from, to) + " WHERE " + isNew() + " ORDER BY 1";
    }

    /**
     * Asks of the rows in a range that count: how many there are, how many of them match a row of the table, and how many of these
     * have all its values already. By these numbers it is known what the statements have to change.
     */
    String census(int from, int to) {
        String there = "t." + dialect.quote(key.getFirst().name()) + " IS NOT NULL";
        return "SELECT count(*), coalesce(sum(CASE WHEN " + there + " THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN "
                + there + " AND " + isSame() + " THEN 1 ELSE 0 END), 0) FROM " + latest(from, to) + " LEFT JOIN "
                + target
                + " AS t ON " + matches();
    }

    /** The keys of the table's rows that loaded rows of a range match, as s. */
    String matched(int from, int to) {
        String names = key.stream()
                .map(column -> current(column) + " AS " + dialect.quote(column.name()))
                .collect(Collectors.joining(", "));
        return "(SELECT " + names + " FROM " + latest(from, to) + " JOIN " + target + " AS t ON " + matches()
                + ") AS s";
    }

    private List<Written> values() {
        return columns.stream().filter(column -> !key.contains(column)).toList();
    }

    private String update(int from, int to) {
        List<ObjectTables.ColumnValue> set = values().stream()
                .map(column -> new ObjectTables.ColumnValue(dialect.quote(column.name()), value(column)))
                .toList();
        return tables.update(target, latest(from, to), set, matches(), "NOT " + isSame());
    }

    private String isSame() {
        return values().isEmpty()
                ? "TRUE"
                : values().stream()
                        .map(column -> tables.isSame(current(column), value(column), column.column()))
                        .collect(Collectors.joining(" AND ", "(", ")"));
    }

    /** The new value of a column: what came, or what is there where a null means nothing. */
    private String value(Written column) {
        return column.kept() ? "coalesce(" + came(column) + ", " + current(column) + ")" : came(column);
    }

    private String insert(String source, String condition) {
        String names =
                columns.stream().map(column -> dialect.quote(column.name())).collect(Collectors.joining(", "));
        String values = columns.stream().map(this::came).collect(Collectors.joining(", "));
        return "INSERT INTO " + target + " (" + names + ") SELECT " + values + " FROM " + source + " WHERE " + condition
                + " ORDER BY s." + ROW;
    }

    private String current(Written column) {
        return "t." + dialect.quote(column.name());
    }

    private String came(Written column) {
        return came("s", column);
    }

    private String came(String alias, Written column) {
        return tables.cast(alias + "." + dialect.quote(column.name()), column.column());
    }

    private String isNew() {
        return "NOT EXISTS (SELECT 1 FROM " + target + " AS t WHERE " + matches() + ")";
    }

    private String matches() {
        return key.stream()
                .map(column -> current(column) + " = " + came(column))
                .collect(Collectors.joining(" AND "));
    }

    private List<ObjectTables.ColumnValue> keyColumns() {
        return key.stream()
                .map(column -> new ObjectTables.ColumnValue(dialect.quote(column.name()), came(column)))
                .toList();
    }

    /** All rows of a range, as s. */
    private String source(int from, int to) {
        return "(SELECT * FROM " + loaded + " AS r WHERE " + range(from, to) + ") AS s";
    }

    /** The rows of a range that count, as s: the loaded table stands there once, since not all databases read a temporary one twice. */
    private String latest(int from, int to) {
        String same = key.stream().map(column -> came("r", column)).collect(Collectors.joining(", "));
        return "(SELECT * FROM (SELECT r.*, row_number() OVER (PARTITION BY " + same + " ORDER BY r." + ROW
                + " DESC) AS " + NTH + " FROM " + loaded + " AS r WHERE " + range(from, to) + ") AS n WHERE " + NTH
                + " = 1) AS s";
    }

    private static String range(int from, int to) {
        return "r." + ROW + " >= " + from + " AND r." + ROW + " < " + to;
    }
}
