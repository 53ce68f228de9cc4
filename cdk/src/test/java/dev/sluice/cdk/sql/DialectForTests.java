package dev.sluice.cdk.sql;

import dev.sluice.spi.type.DataType;
import java.util.List;
import java.util.Optional;

/** A dialect of which only the rules for names matter. */
record DialectForTests(int maxIdentifierBytes, boolean distinguishesCase) implements SqlDialect {
    @Override
    public String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public ColumnType columnType(DataType type) {
        return ColumnType.exact(type.notation());
    }

    @Override
    public boolean holds(String existingType, DataType type) {
        return existingType.equals(type.notation());
    }

    @Override
    public Optional<String> widened(String existingType, DataType type) {
        return existingType.equals("int32") && type.notation().equals("int64")
                ? Optional.of("int64")
                : Optional.empty();
    }

    @Override
    public String alterType(String quotedTable, String column, String oldType, String newType) {
        return "ALTER " + quotedTable + " " + quote(column) + " " + oldType + " " + newType;
    }

    @Override
    public String metaType(MetaColumn column) {
        return "meta";
    }

    @Override
    public String syncIdOf(String quotedMetaColumn) {
        return quotedMetaColumn + ".sync_id";
    }

    @Override
    public boolean hasMerge() {
        return true;
    }

    @Override
    public String createMergeTable(String quotedTable, String columns) {
        return "CREATE " + quotedTable + columns;
    }

    @Override
    public List<String> beforeMerge(String quotedTable) {
        return List.of();
    }

    @Override
    public String lockForShare() {
        return "";
    }

    @Override
    public String lockForUpdate() {
        return "";
    }

    @Override
    public SwapStatements swap() {
        return (staged, target, exists) -> List.of();
    }

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
        return true;
    }
}
