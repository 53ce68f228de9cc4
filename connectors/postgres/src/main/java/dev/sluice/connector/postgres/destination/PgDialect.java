package dev.sluice.connector.postgres.destination;

import dev.sluice.cdk.sql.ColumnType;
import dev.sluice.cdk.sql.MetaColumn;
import dev.sluice.cdk.sql.SqlDialect;
import dev.sluice.cdk.sql.SwapStatements;
import dev.sluice.connector.postgres.copy.ColumnTypeName;
import dev.sluice.connector.postgres.copy.Encodings;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.util.List;
import java.util.Optional;

/** How PostgreSQL differs from other SQL databases. */
final class PgDialect implements SqlDialect {
    private static final int FIRST_VERSION_WITH_MERGE = 150_000;
    private static final int MAX_IDENTIFIER_BYTES = 63;

    private final int serverVersion;
    private final ColumnTypes types;
    private final boolean dropCascade;

    PgDialect(int serverVersion, ColumnTypes types, boolean dropCascade) {
        this.serverVersion = serverVersion;
        this.types = types;
        this.dropCascade = dropCascade;
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
        return true;
    }

    @Override
    public ColumnType columnType(DataType type) {
        return types.of(type);
    }

    @Override
    public boolean holds(String existingType, DataType type) {
        return Encodings.canWrite(type, ColumnTypeName.parse(existingType));
    }

    @Override
    public Optional<String> widened(String existingType, DataType type) {
        ColumnTypeName existing = ColumnTypeName.parse(existingType);
        String wanted = types.of(type).sql();
        return switch (existing.name()) {
            case "smallint", "integer", "bigint" ->
                switch (type) {
                    case DataType.IntType ignored -> Optional.of(wanted);
                    case DecimalType ignored -> Optional.of("numeric");
                    default -> text(type);
                };
            case "numeric" ->
                switch (type) {
                    case DecimalType decimal -> Optional.of(widerNumeric(existing, decimal));
                    case DataType.IntType ignored -> Optional.of("numeric");
                    default -> text(type);
                };
            case "real" -> type instanceof DataType.FloatType ? Optional.of("double precision") : text(type);
            case "time", "time without time zone", "time with time zone" ->
                type instanceof DataType.TimeType ? sameWithoutLimit(existing, wanted, type) : text(type);
            case "timestamp without time zone", "timestamp with time zone" ->
                type instanceof DataType.TimestampType ? sameWithoutLimit(existing, wanted, type) : text(type);
            case "bytea" -> Optional.empty();
            default -> text(type);
        };
    }

    /** Columns become text for every type that text holds. */
    private static Optional<String> text(DataType type) {
        return type instanceof DataType.BinaryType ? Optional.empty() : Optional.of(ColumnTypes.TEXT);
    }

    private static Optional<String> sameWithoutLimit(ColumnTypeName existing, String wanted, DataType type) {
        return existing.name().equals(wanted) ? Optional.of(wanted) : text(type);
    }

    private static String widerNumeric(ColumnTypeName existing, DecimalType type) {
        if (existing.isUnconstrained() || type.isUnconstrained() || type.scale() < 0) {
            return "numeric";
        }
        int scale = Math.max(existing.scale(), type.scale());
        int whole = Math.max(existing.precision() - existing.scale(), type.precision() - type.scale());
        return whole + scale > 1000 ? "numeric" : "numeric(" + (whole + scale) + "," + scale + ")";
    }

    @Override
    public String alterType(String quotedTable, String column, String oldType, String newType) {
        String quoted = quote(column);
        String value = newType.equals(ColumnTypes.TEXT) ? text(quoted, oldType) : quoted + "::" + newType;
        return "ALTER TABLE " + quotedTable + " ALTER COLUMN " + quoted + " TYPE " + newType + " USING " + value;
    }

    /** The text of a value as new rows will have it: times as in ISO 8601. */
    private static String text(String quotedColumn, String type) {
        return switch (ColumnTypeName.parse(type).name()) {
            case "timestamp with time zone" -> "replace(to_json(" + quotedColumn + ")#>>'{}', '+00:00', 'Z')";
            case "timestamp without time zone" -> "to_json(" + quotedColumn + ")#>>'{}'";
            default -> quotedColumn + "::text";
        };
    }

    @Override
    public String metaType(MetaColumn column) {
        return switch (column) {
            case RAW_ID -> ColumnTypes.TEXT;
            case EXTRACTED_AT -> "timestamp with time zone";
            case META -> "jsonb";
            case GENERATION_ID -> "bigint";
        };
    }

    @Override
    public String syncIdOf(String quotedMetaColumn) {
        return "(" + quotedMetaColumn + "->>'sync_id')::bigint";
    }

    @Override
    public boolean hasMerge() {
        return serverVersion >= FIRST_VERSION_WITH_MERGE;
    }

    @Override
    public String createMergeTable(String quotedTable, String columns) {
        return "CREATE TEMPORARY TABLE " + quotedTable + columns + " ON COMMIT DROP";
    }

    @Override
    public List<String> beforeMerge(String quotedTable) {
        return List.of("ANALYZE " + quotedTable);
    }

    @Override
    public String lockForShare() {
        return " FOR SHARE";
    }

    @Override
    public String lockForUpdate() {
        return " FOR UPDATE";
    }

    /** DDL is transactional: readers see the old table until the commit, and the new one after it. */
    @Override
    public SwapStatements swap() {
        return (staged, target, targetExists) -> {
            String moved = quote(target.schema()) + "." + quote(staged.table());
            String move = "ALTER TABLE " + quote(staged.schema()) + "." + quote(staged.table()) + " SET SCHEMA "
                    + quote(target.schema());
            String rename = "ALTER TABLE " + moved + " RENAME TO " + quote(target.table());
            if (!targetExists) {
                return List.of(move, rename);
            }
            String old = quote(target.schema()) + "." + quote(target.table());
            return List.of(
                    GrantCopy.statement(staged, target),
                    "DROP TABLE " + old + (dropCascade ? " CASCADE" : ""),
                    move,
                    rename);
        };
    }

    @Override
    public boolean indexesKeys() {
        return true;
    }

    @Override
    public boolean countsQuickly() {
        return false;
    }

    @Override
    public boolean movesTablesBetweenSchemas() {
        return true;
    }
}
