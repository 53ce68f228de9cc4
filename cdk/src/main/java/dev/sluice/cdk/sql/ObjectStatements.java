package dev.sluice.cdk.sql;

import dev.sluice.spi.catalog.DestinationSyncMode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that bring loaded rows into a table of somebody else's. Each is about a range of the loaded rows, and says how
 * many rows of the table it has changed.
 *
 * @param target the table, quoted
 * @param loaded the table of loaded rows, quoted
 * @param columns the columns that are written
 * @param key the columns that rows are found by; empty if none are looked for
 * @param dialect the database
 */
record ObjectStatements(String target, String loaded, List<Written> columns, List<Written> key, SqlDialect dialect) {
    /** Counts the loaded rows. */
    static final String ROW = "_sluice_row";

    /**
     * A column that is written.
     *
     * @param name its name
     * @param sqlType its type in the table
     * @param kept true if a null leaves the value that is there
     */
    record Written(String name, String sqlType, boolean kept) {}

    /** The statements of a method, in order. */
    List<String> of(DestinationSyncMode method, int from, int to) {
        return switch (method) {
            case APPEND, OVERWRITE -> List.of(insert(range("s", from, to)));
            case APPEND_DEDUP, OVERWRITE_DEDUP ->
                isKeyOnly()
                        ? List.of(insert(latest(from, to) + " AND " + isNew()))
                        : List.of(update(from, to), insert(latest(from, to) + " AND " + isNew()));
            case UPDATE -> isKeyOnly() ? List.of() : List.of(update(from, to));
            case DELETE -> List.of(dialect.deleteMatching(target, loaded, range("s", from, to) + " AND " + matches()));
            case SOFT_DELETE -> throw new IllegalArgumentException("tables know no soft delete of their own");
        };
    }

    /** Asks for the places of rows in a range which nothing in the table matches. */
    String unmatched(int from, int to) {
        return "SELECT s." + ROW + " FROM " + loaded + " AS s WHERE " + range("s", from, to) + " AND " + isNew()
                + " ORDER BY 1";
    }

    /**
     * Asks how many of the rows in a range count: of several with one key only the last one does, and for an update only one that
     * matches something.
     */
    String countLatest(DestinationSyncMode method, int from, int to) {
        return "SELECT count(*) FROM " + loaded + " AS s WHERE " + latest(from, to)
                + (method == DestinationSyncMode.UPDATE ? " AND NOT " + isNew() : "");
    }

    private boolean isKeyOnly() {
        return columns.size() == key.size();
    }

    private String update(int from, int to) {
        List<Written> values =
                columns.stream().filter(column -> !key.contains(column)).toList();
        String set = values.stream()
                .map(column -> dialect.quote(column.name()) + " = " + value(column))
                .collect(Collectors.joining(", "));
        String differs = values.stream()
                .map(column -> "NOT (t." + dialect.quote(column.name()) + dialect.isSame() + value(column) + ")")
                .collect(Collectors.joining(" OR ", "(", ")"));
        return "UPDATE " + target + " AS t SET " + set + " FROM " + loaded + " AS s WHERE " + latest(from, to) + " AND "
                + matches() + " AND " + differs;
    }

    /** The new value of a column: what came, or what is there where a null means nothing. */
    private String value(Written column) {
        String came = cast(column);
        return column.kept() ? "coalesce(" + came + ", t." + dialect.quote(column.name()) + ")" : came;
    }

    private String insert(String condition) {
        String names =
                columns.stream().map(column -> dialect.quote(column.name())).collect(Collectors.joining(", "));
        String values = columns.stream().map(this::cast).collect(Collectors.joining(", "));
        return "INSERT INTO " + target + " (" + names + ") SELECT " + values + " FROM " + loaded + " AS s WHERE "
                + condition + " ORDER BY s." + ROW;
    }

    private String cast(Written column) {
        return "CAST(s." + dialect.quote(column.name()) + " AS " + column.sqlType() + ")";
    }

    private String isNew() {
        return "NOT EXISTS (SELECT 1 FROM " + target + " AS t WHERE " + matches() + ")";
    }

    private String matches() {
        return key.stream()
                .map(column -> "t." + dialect.quote(column.name()) + " = " + cast(column))
                .collect(Collectors.joining(" AND "));
    }

    private static String range(String alias, int from, int to) {
        return alias + "." + ROW + " >= " + from + " AND " + alias + "." + ROW + " < " + to;
    }

    private String latest(int from, int to) {
        if (key.isEmpty()) {
            return range("s", from, to);
        }
        String names =
                key.stream().map(column -> "r." + dialect.quote(column.name())).collect(Collectors.joining(", "));
        return "s." + ROW + " IN (SELECT max(r." + ROW + ") FROM " + loaded + " AS r WHERE " + range("r", from, to)
                + " GROUP BY " + names + ")";
    }
}
