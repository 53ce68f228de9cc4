package dev.sluice.cdk.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the statements about tables of streams. Every identifier goes through the dialect's one quoting function. */
final class TableStatements {
    private final SqlDialect dialect;

    TableStatements(SqlDialect dialect) {
        this.dialect = dialect;
    }

    String name(TableName table) {
        return dialect.qualified(table);
    }

    String dropSchema(String schema) {
        return "DROP SCHEMA " + dialect.quote(schema);
    }

    String createTable(TableLayout layout) {
        return createTable(layout.table(), layout.columns());
    }

    String createTable(TableName table, List<LoadColumn> columns) {
        return "CREATE TABLE " + name(table) + columnList(columns) + dialect.tableOptions();
    }

    String columnList(List<LoadColumn> columns) {
        return columns.stream()
                .map(column -> dialect.quote(column.name()) + " " + type(column))
                .collect(Collectors.joining(", ", " (", ")"));
    }

    String dropTable(TableName table) {
        return "DROP TABLE IF EXISTS " + name(table);
    }

    String dropMergeTable(TableName table) {
        return dialect.dropMergeTable(name(table));
    }

    String addColumn(TableName table, String column, String type) {
        return "ALTER TABLE " + name(table) + " ADD COLUMN " + dialect.quote(column) + " " + type;
    }

    String count(TableName table) {
        return "SELECT count(*) FROM " + name(table);
    }

    String isNotEmpty(TableName table) {
        return "SELECT 1 FROM " + name(table) + " LIMIT 1";
    }

    /** Removes the rows of one unfinished run from a table that keeps older rows. */
    String deleteRun(TableName table) {
        return "DELETE FROM " + name(table) + " WHERE " + dialect.quote(MetaColumn.GENERATION_ID.column()) + " = ? AND "
                + dialect.syncIdOf(dialect.quote(MetaColumn.META.column())) + " = ?";
    }

    Optional<String> createKeyIndex(TableLayout layout, String index) {
        List<ExistingColumn> columns = layout.key().stream()
                .map(name -> layout.data().stream()
                        .filter(column -> column.name().equals(name))
                        .map(column -> new ExistingColumn(name, column.columnType()))
                        .findFirst()
                        .orElseThrow())
                .toList();
        return dialect.createIndex(dialect.quote(index), name(layout.table()), columns);
    }

    /** Tells whether a table holds a key more than once. */
    String hasDuplicates(TableLayout layout) {
        return "SELECT 1 FROM " + name(layout.table()) + " GROUP BY " + quoted(layout.key(), "")
                + " HAVING count(*) > 1 LIMIT 1";
    }

    /** Keeps of each key the row that {@link #laterFirst} puts first. */
    String deleteDuplicates(TableLayout layout) {
        String id = dialect.quote(MetaColumn.RAW_ID.column());
        return "DELETE FROM " + name(layout.table()) + " WHERE " + id + " IN (SELECT " + id + " FROM (SELECT " + id
                + ", row_number() OVER (PARTITION BY " + quoted(layout.key(), "") + " ORDER BY "
                + laterFirst(layout, "") + ") AS " + dialect.quote("rank") + " FROM " + name(layout.table())
                + ") AS ranked WHERE " + dialect.quote("rank") + " > 1)";
    }

    /**
     * Merges a loaded table into a target, one row a key. The rules are those of Airbyte's direct load: inside the batch
     * the latest row wins by cursor, then by time of extraction, then by order of arrival; against the table it wins if
     * it is later. Rows whose key has a null part need {@code nullKeys}, because no index finds them.
     */
    List<String> merge(TableName staged, TableLayout target, boolean nullKeys) {
        return dialect.hasMerge()
                ? List.of(mergeAtOnce(staged, target, nullKeys))
                : mergeInSteps(staged, target, nullKeys);
    }

    private String mergeAtOnce(TableName staged, TableLayout target, boolean nullKeys) {
        List<String> columns = target.columns().stream().map(LoadColumn::name).toList();
        String operation = "s." + dialect.quote(new LoadColumn.OperationCode().name());
        return "MERGE INTO " + name(target.table()) + " AS t USING " + ranked(staged, target, nullKeys) + " AS s ON "
                + sameKey(target, nullKeys)
                + " WHEN MATCHED AND (" + isLater(target) + ") AND " + operation + " = 3 THEN DELETE"
                + " WHEN MATCHED AND (" + isLater(target) + ") THEN UPDATE SET "
                + join(columns, column -> dialect.quote(column) + " = s." + dialect.quote(column), ", ")
                + " WHEN NOT MATCHED AND " + operation + " <> 3 THEN INSERT (" + quoted(columns, "") + ") VALUES ("
                + quoted(columns, "s.") + ")";
    }

    private List<String> mergeInSteps(TableName staged, TableLayout target, boolean nullKeys) {
        List<String> columns = target.columns().stream().map(LoadColumn::name).toList();
        String ranked = ranked(staged, target, nullKeys);
        String operation = "s." + dialect.quote(new LoadColumn.OperationCode().name());
        return List.of(
                dialect.deleteMatching(
                        name(target.table()), ranked, sameKey(target, nullKeys) + " AND (" + isLater(target) + ")"),
                "INSERT INTO " + name(target.table()) + " (" + quoted(columns, "") + ") SELECT "
                        + quoted(columns, "s.") + " FROM " + ranked + " AS s WHERE " + operation
                        + " <> 3 AND NOT EXISTS (SELECT 1 FROM " + name(target.table()) + " AS t WHERE "
                        + sameKey(target, nullKeys) + ")");
    }

    /** Tells whether a loaded table has a row whose key has a null part. */
    String hasNullKeys(TableName staged, TableLayout target) {
        return "SELECT 1 FROM " + name(staged) + " WHERE " + hasNullKey(target, "") + " LIMIT 1";
    }

    private String ranked(TableName staged, TableLayout target, boolean nullKeys) {
        String where = nullKeys ? hasNullKey(target, "") : "NOT (" + hasNullKey(target, "") + ")";
        return "(SELECT * FROM (SELECT r.*, row_number() OVER (PARTITION BY " + quoted(target.key(), "r.")
                + " ORDER BY " + laterFirst(target, "r.") + ") AS " + dialect.quote("_sluice_rank")
                + " FROM " + name(staged) + " AS r WHERE " + where + ") AS q WHERE q." + dialect.quote("_sluice_rank")
                + " = 1)";
    }

    private String sameKey(TableLayout target, boolean nullKeys) {
        String comparison = nullKeys ? dialect.isSame() : " = ";
        return join(
                target.key(),
                column -> "t." + dialect.quote(column) + comparison + "s." + dialect.quote(column),
                " AND ");
    }

    private String hasNullKey(TableLayout target, String alias) {
        return join(target.key(), column -> alias + dialect.quote(column) + " IS NULL", " OR ");
    }

    private String laterFirst(TableLayout layout, String alias) {
        // Raw ids of one writer grow with each row, so they decide between rows of one moment (see RawIds).
        String arrival = alias + dialect.quote(MetaColumn.EXTRACTED_AT.column()) + " DESC, " + alias
                + dialect.quote(MetaColumn.RAW_ID.column()) + " DESC";
        return layout.cursor() == null
                ? arrival
                : cursor(layout, alias) + " DESC" + dialect.nullsLast() + ", " + arrival;
    }

    private String isLater(TableLayout layout) {
        String extracted = dialect.quote(MetaColumn.EXTRACTED_AT.column());
        String extractedLater = "(t." + extracted + " IS NULL OR t." + extracted + " < s." + extracted + ")";
        if (layout.cursor() == null) {
            return extractedLater;
        }
        String cursor = dialect.quote(layout.cursor());
        return cursor(layout, "t.") + " < " + cursor(layout, "s.")
                + " OR (t." + cursor + " IS NULL AND s." + cursor + " IS NOT NULL)"
                + " OR (t." + cursor + dialect.isSame() + "s." + cursor + " AND " + extractedLater + ")";
    }

    /** The cursor as an expression by which rows are ordered. */
    private String cursor(TableLayout layout, String alias) {
        String type = layout.data().stream()
                .filter(column -> column.name().equals(layout.cursor()))
                .map(LoadColumn.Data::columnType)
                .findFirst()
                .orElse("");
        return dialect.ordered(alias + dialect.quote(String.valueOf(layout.cursor())), type);
    }

    private String type(LoadColumn column) {
        return switch (column) {
            case LoadColumn.Meta(MetaColumn meta) -> dialect.metaType(meta);
            case LoadColumn.Data data -> data.columnType();
            case LoadColumn.OperationCode ignored -> "SMALLINT";
        };
    }

    private String quoted(List<String> columns, String alias) {
        return join(columns, column -> alias + dialect.quote(column), ", ");
    }

    private static String join(List<String> columns, Function<String, String> each, String between) {
        return columns.stream().map(each).collect(Collectors.joining(between));
    }

    /** The statements that put a staged table in the place of a target. */
    Stream<String> swap(TableName staged, TableName target, boolean targetExists) {
        return dialect.swap().replace(staged, target, targetExists).stream();
    }
}
