package dev.sluice.connector.mysql.destination;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.cdk.sql.ExistingColumn;
import dev.sluice.cdk.sql.MetaColumn;
import dev.sluice.cdk.sql.SqlDialect;
import dev.sluice.cdk.sql.SwapStatements;
import dev.sluice.cdk.sql.TableName;
import dev.sluice.connector.mysql.session.Quoting;
import dev.sluice.connector.mysql.session.ServerVersion;
import dev.sluice.spi.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** MySQL and MariaDB for the generic SQL destination. */
final class MyDialect implements SqlDialect {
    /** Names have 64 characters; counted as bytes, so that their files on the server fit as well. */
    private static final int MAX_IDENTIFIER_BYTES = 64;

    /** An index has at most so many bytes, and a character four. */
    private static final int MAX_INDEX_BYTES = 3072;

    private static final int MAX_PREFIX = 190;

    private final ServerVersion version;
    private final String internalSchema;

    MyDialect(ServerVersion version, String internalSchema) {
        this.version = version;
        this.internalSchema = internalSchema;
    }

    @Override
    public String quote(String identifier) {
        return Quoting.identifier(identifier);
    }

    @Override
    public int maxIdentifierBytes() {
        return MAX_IDENTIFIER_BYTES;
    }

    @Override
    public boolean distinguishesCase() {
        return false;
    }

    @Override
    public String folded(String identifier) {
        return ColumnName.folded(identifier);
    }

    @Override
    public String legal(String name) {
        return ColumnName.legal(name);
    }

    @Override
    public boolean definesInTransactions() {
        return false;
    }

    @Override
    public String longText() {
        return "LONGTEXT";
    }

    @Override
    public String splitsKey() {
        return ", PRIMARY KEY (target_schema, target_table, split_id)";
    }

    /** Texts are compared as bytes, blanks at the end included, so that keys stay as many as they were. */
    @Override
    public String tableOptions() {
        return " ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE "
                + (version.mariaDb() ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin");
    }

    @Override
    public ColumnType columnType(DataType type) {
        return ColumnTypes.of(type, version.mariaDb());
    }

    @Override
    public boolean holds(String existingType, DataType type) {
        return ColumnTypes.holds(TypeName.parse(existingType), type);
    }

    @Override
    public Optional<String> widened(String existingType, DataType type) {
        return ColumnTypes.widened(
                TypeName.parse(existingType), type, columnType(type).sql());
    }

    @Override
    public String alterType(String quotedTable, String column, String oldType, String newType) {
        return "ALTER TABLE " + quotedTable + " MODIFY COLUMN " + quote(column) + " " + newType;
    }

    @Override
    public String metaType(MetaColumn column) {
        return switch (column) {
            case RAW_ID -> ColumnTypes.UUID;
            // Without the default the oldest versions would set it anew at each change of a row.
            case EXTRACTED_AT -> "timestamp(6) NULL DEFAULT NULL";
            case META -> ColumnTypes.JSON;
            case GENERATION_ID -> "bigint";
        };
    }

    @Override
    public String syncIdOf(String quotedMetaColumn) {
        return "CAST(JSON_EXTRACT(" + quotedMetaColumn + ", '$.sync_id') AS SIGNED)";
    }

    @Override
    public boolean hasMerge() {
        return false;
    }

    @Override
    public String createMergeTable(String quotedTable, String columns) {
        return "CREATE TEMPORARY TABLE " + quotedTable + columns + tableOptions();
    }

    @Override
    public String dropMergeTable(String quotedTable) {
        return "DROP TEMPORARY TABLE IF EXISTS " + quotedTable;
    }

    /** Rows of a table with another name are deleted only where some database is the session's own. */
    @Override
    public List<String> beforeMerge(String quotedTable) {
        return List.of("USE " + quote(internalSchema));
    }

    @Override
    public String isSame() {
        return " <=> ";
    }

    /** Nulls are less than all values. */
    @Override
    public String nullsLast() {
        return "";
    }

    @Override
    public String deleteMatching(String quotedTable, String source, String condition) {
        return "DELETE t FROM " + quotedTable + " AS t JOIN " + source + " AS s ON " + condition;
    }

    @Override
    public String lockForShare() {
        return " LOCK IN SHARE MODE";
    }

    @Override
    public String lockForUpdate() {
        return " FOR UPDATE";
    }

    /**
     * Both renames happen in one step, so readers see the old table or the new one. What was there waits in the internal
     * database until the ledger says that the new one counts.
     */
    @Override
    public SwapStatements swap() {
        return new SwapStatements() {
            @Override
            public List<String> replace(TableName staged, TableName target, boolean targetExists) {
                String move = name(staged) + " TO " + name(target);
                return targetExists
                        ? List.of(
                                "DROP TABLE IF EXISTS " + name(replaced(target)),
                                "RENAME TABLE " + name(target) + " TO " + name(replaced(target)) + ", " + move)
                        : List.of("RENAME TABLE " + move);
            }

            @Override
            public List<String> afterwards(TableName target) {
                return List.of("DROP TABLE IF EXISTS " + name(replaced(target)));
            }
        };
    }

    private TableName replaced(TableName target) {
        UUID digest = UUID.nameUUIDFromBytes(target.toString().getBytes(StandardCharsets.UTF_8));
        return new TableName(internalSchema, "_sluice_replaced_" + digest);
    }

    private static String name(TableName table) {
        return Quoting.table(table.schema(), table.table());
    }

    @Override
    public boolean indexesKeys() {
        return true;
    }

    /** Texts and bytes are indexed by how they begin, which is enough to find the few rows that are compared. */
    @Override
    public Optional<String> createIndex(String quotedIndex, String quotedTable, List<ExistingColumn> columns) {
        int prefix = Math.min(MAX_PREFIX, MAX_INDEX_BYTES / 4 / columns.size());
        List<String> parts = new ArrayList<>();
        for (ExistingColumn column : columns) {
            String name = quote(column.name());
            switch (column.type()) {
                case ColumnTypes.TEXT, ColumnTypes.BYTES -> parts.add(name + "(" + prefix + ")");
                case ColumnTypes.JSON -> {
                    if (version.mariaDb()) {
                        parts.add(name + "(" + prefix + ")");
                    }
                }
                default -> parts.add(name);
            }
        }
        String ifNew = version.mariaDb() ? "IF NOT EXISTS " : "";
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("CREATE INDEX " + ifNew + quotedIndex + " ON " + quotedTable + " ("
                        + String.join(", ", parts) + ")");
    }

    @Override
    public boolean countsQuickly() {
        return false;
    }

    @Override
    public String internalSchema() {
        return internalSchema;
    }

    @Override
    public boolean movesTablesBetweenSchemas() {
        return true;
    }
}
