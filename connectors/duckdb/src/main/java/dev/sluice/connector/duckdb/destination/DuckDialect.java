package dev.sluice.connector.duckdb.destination;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.cdk.sql.MetaColumn;
import dev.sluice.cdk.sql.SqlDialect;
import dev.sluice.cdk.sql.SwapStatements;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.spi.type.DataType;
import java.util.List;
import java.util.Optional;

/** How DuckDB differs from other SQL databases. */
final class DuckDialect implements SqlDialect {
    /** The schema of a connection's temporary tables. No schema can have this name, for none can have a NUL. */
    static final String TEMPORARY = "temporary\0";

    private static final int MAX_IDENTIFIER_BYTES = 255;

    private final DatabaseFile file;

    /**
     * Makes a dialect.
     *
     * @param file the database; opened once the name of a table is needed
     */
    DuckDialect(DatabaseFile file) {
        this.file = file;
    }

    @Override
    public String quote(String identifier) {
        return DuckDbSql.identifier(identifier);
    }

    @Override
    public String qualified(TableName table) {
        return table.schema().equals(TEMPORARY)
                ? "temp.main." + quote(table.table())
                : file.catalog().qualified(table.schema(), table.table());
    }

    /** DuckDB itself sets no limit. */
    @Override
    public int maxIdentifierBytes() {
        return MAX_IDENTIFIER_BYTES;
    }

    @Override
    public boolean distinguishesCase() {
        return false;
    }

    @Override
    public ColumnType columnType(DataType type) {
        return ColumnTypes.of(type);
    }

    @Override
    public boolean holds(String existingType, DataType type) {
        return ColumnTypes.holds(existingType, type);
    }

    @Override
    public Optional<String> widened(String existingType, DataType type) {
        return ColumnTypes.widened(existingType, type);
    }

    @Override
    public String alterType(String quotedTable, String column, String oldType, String newType) {
        String quoted = quote(column);
        String value =
                newType.equals(ColumnTypes.TEXT) ? text(quoted, oldType) : "CAST(" + quoted + " AS " + newType + ")";
        return "ALTER TABLE " + quotedTable + " ALTER COLUMN " + quoted + " TYPE " + newType + " USING " + value;
    }

    /** The text of a value as new rows will have it: times as in ISO 8601. */
    private static String text(String quotedColumn, String type) {
        String text = "CAST(" + quotedColumn + " AS VARCHAR)";
        if (type.startsWith("DECIMAL")) {
            // DuckDB leaves out a zero before the point.
            return "regexp_replace(" + text + ", '^(-?)\\.', '\\10.')";
        }
        return switch (type) {
            case "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ_NS" -> "replace(replace(" + text + ", ' ', 'T'), '+00', 'Z')";
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> "replace(" + text + ", ' ', 'T')";
            default -> text;
        };
    }

    /** The raw id is a UUID, which DuckDB compares with texts as it is; as text it would take most of the room. */
    @Override
    public String metaType(MetaColumn column) {
        return switch (column) {
            case RAW_ID -> "UUID";
            case EXTRACTED_AT -> "TIMESTAMP WITH TIME ZONE";
            case META -> "JSON";
            case GENERATION_ID -> "BIGINT";
        };
    }

    @Override
    public String syncIdOf(String quotedMetaColumn) {
        return "CAST((" + quotedMetaColumn + "->>'sync_id') AS BIGINT)";
    }

    @Override
    public boolean hasMerge() {
        return true;
    }

    @Override
    public String createMergeTable(String quotedTable, String columns) {
        return "CREATE TEMPORARY TABLE " + quotedTable + columns;
    }

    @Override
    public List<String> beforeMerge(String quotedTable) {
        return List.of();
    }

    /** There are no locks of rows. */
    @Override
    public String lockForShare() {
        return "";
    }

    /** There are no locks of rows; the writers of a table are in one process and wait for each other there. */
    @Override
    public String lockForUpdate() {
        return "";
    }

    /** DDL is transactional: readers see the old table until the commit, and the new one after it. */
    @Override
    public SwapStatements swap() {
        return (staged, target, targetExists) -> {
            String rename = "ALTER TABLE " + qualified(staged) + " RENAME TO " + quote(target.table());
            return targetExists ? List.of("DROP TABLE " + qualified(target), rename) : List.of(rename);
        };
    }

    /** A merge reads the key's columns only; an index would have to be kept in memory as a whole. */
    @Override
    public boolean indexesKeys() {
        return false;
    }

    @Override
    public boolean countsQuickly() {
        return true;
    }

    @Override
    public boolean movesTablesBetweenSchemas() {
        return false;
    }
}
