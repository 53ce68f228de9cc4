package dev.sluice.connector.sqlite.destination;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.cdk.sql.ExistingColumn;
import dev.sluice.cdk.sql.MetaColumn;
import dev.sluice.cdk.sql.SqlDialect;
import dev.sluice.cdk.sql.SwapStatements;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.connector.sqlite.session.Quoting;
import dev.sluice.spi.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** How SQLite differs from other SQL databases. */
final class SqliteDialect implements SqlDialect {
    /** The schema of tables that stand in none. */
    static final String MAIN = "main";

    /** The schema of a connection's temporary tables. No schema can have this name, for none can have a NUL. */
    static final String TEMPORARY = "temporary\0";

    static final String CREATE_TEMPORARY = "CREATE TABLE temp.";
    static final String DROP_TEMPORARY = "DROP TABLE IF EXISTS temp.";

    static final String IN_MAIN = "main.";
    private static final int MAX_IDENTIFIER_BYTES = 255;
    private static final String RESERVED = "sqlite_";

    /**
     * The name that a table has in the file, which has no schemas: that of the schema stands in front with a dot. Two tables
     * never get one name, because schemas get no dots and what stands in none has a schema in front if it has a dot.
     */
    static String physical(TableName table) {
        boolean bare = table.schema().equals(MAIN) && table.table().indexOf('.') < 0;
        return bare ? table.table() : table.schema().replace("%", "%25").replace(".", "%2E") + "." + table.table();
    }

    @Override
    public String quote(String identifier) {
        return Quoting.identifier(identifier);
    }

    @Override
    public String qualified(TableName table) {
        return table.schema().equals(TEMPORARY) ? "temp." + quote(table.table()) : IN_MAIN + quote(physical(table));
    }

    /** SQLite itself sets no limit. */
    @Override
    public int maxIdentifierBytes() {
        return MAX_IDENTIFIER_BYTES;
    }

    @Override
    public boolean distinguishesCase() {
        return false;
    }

    /** Only letters of ASCII are the same in both cases. */
    @Override
    public String folded(String identifier) {
        StringBuilder folded = new StringBuilder(identifier);
        for (int i = 0; i < folded.length(); i++) {
            char letter = folded.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                folded.setCharAt(i, (char) (letter + ('a' - 'A')));
            }
        }
        return folded.toString();
    }

    /** SQLite keeps the names that begin like its own for itself. */
    @Override
    public String legal(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(RESERVED) ? "_" + name : name;
    }

    @Override
    public Optional<String> createSchema(String schema) {
        return Optional.empty();
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

    /** A column cannot be altered, so another one takes its place and its name; one that is indexed could not be dropped. */
    @Override
    public String alterType(String quotedTable, String column, String oldType, String newType) {
        String old = quote(column);
        String fresh = quote("_sluice_wider_" + column);
        String table = "ALTER TABLE " + quotedTable;
        return "DROP INDEX IF EXISTS " + keyIndex(quotedTable) + "; " + table + " ADD COLUMN " + fresh + " " + newType
                + "; UPDATE " + quotedTable + " SET " + fresh + " = "
                + ColumnTypes.converted(old, oldType, newType) + "; " + table + " DROP COLUMN " + old + "; " + table
                + " RENAME COLUMN " + fresh + " TO " + old;
    }

    @Override
    public String metaType(MetaColumn column) {
        return switch (column) {
            case RAW_ID -> ColumnTypes.TEXT;
            case EXTRACTED_AT -> ColumnTypes.MOMENT;
            case META -> ColumnTypes.JSON;
            case GENERATION_ID -> ColumnTypes.WHOLE;
        };
    }

    @Override
    public String syncIdOf(String quotedMetaColumn) {
        return "json_extract(" + quotedMetaColumn + ", '$.sync_id')";
    }

    @Override
    public String ordered(String column, String columnType) {
        return column + Orders.clause(columnType);
    }

    @Override
    public boolean hasMerge() {
        return false;
    }

    @Override
    public String deleteMatching(String quotedTable, String source, String condition) {
        return "DELETE FROM " + quotedTable + " WHERE rowid IN (SELECT t.rowid FROM " + source + " AS s CROSS JOIN "
                + quotedTable + " AS t WHERE " + condition + ")";
    }

    @Override
    public String createMergeTable(String quotedTable, String columns) {
        return "CREATE TABLE " + quotedTable + columns;
    }

    @Override
    public List<String> beforeMerge(String quotedTable) {
        return List.of();
    }

    /** There are no locks of rows: who writes has the whole file for itself. */
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
            String rename = "ALTER TABLE " + qualified(staged) + " RENAME TO " + quote(physical(target));
            return targetExists ? List.of("DROP TABLE " + qualified(target), rename) : List.of(rename);
        };
    }

    @Override
    public boolean indexesKeys() {
        return true;
    }

    /** The names of indexes stand beside those of tables. A staged table is indexed once it is merged into. */
    @Override
    public Optional<String> createIndex(String quotedIndex, String quotedTable, List<ExistingColumn> columns) {
        if (quotedTable.startsWith(IN_MAIN + '"' + internalSchema() + ".")) {
            return Optional.empty();
        }
        String onTable = quotedTable.substring(IN_MAIN.length());
        return SqlDialect.super.createIndex(keyIndex(quotedTable), onTable, columns);
    }

    /** One index a table, so that it is known by the table alone. */
    private String keyIndex(String quotedTable) {
        UUID digest = UUID.nameUUIDFromBytes(quotedTable.getBytes(StandardCharsets.UTF_8));
        return IN_MAIN + quote("sluice_key_" + digest);
    }

    @Override
    public boolean countsQuickly() {
        return true;
    }

    /** Names tell schemas apart, and a name can be changed. */
    @Override
    public boolean movesTablesBetweenSchemas() {
        return true;
    }
}
