package dev.sluice.cdk.sql;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.ObjectField;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What can be done to the rows of tables that are there: the operations of data activation. */
final class TableObjects {
    private TableObjects() {}

    static List<ObjectOperation> operations(List<ObjectTable> tables) {
        List<ObjectOperation> operations = new ArrayList<>();
        for (ObjectTable table : tables) {
            operations.add(operation(table, DestinationSyncMode.APPEND, ObjectTable.Column::required, List.of()));
            if (!table.keys().isEmpty()) {
                operations.add(
                        operation(table, DestinationSyncMode.APPEND_DEDUP, ObjectTable.Column::required, table.keys()));
                operations.add(
                        operation(table, DestinationSyncMode.MIRROR, ObjectTable.Column::required, table.keys()));
                operations.add(operation(table, DestinationSyncMode.UPDATE, _ -> false, table.keys()));
                operations.add(operation(table, DestinationSyncMode.SOFT_DELETE, _ -> false, table.keys()));
                operations.add(deletion(table));
            }
        }
        return operations;
    }

    private static ObjectOperation operation(
            ObjectTable table,
            DestinationSyncMode method,
            Predicate<ObjectTable.Column> required,
            List<List<String>> keys) {
        return new ObjectOperation(
                table.object(),
                method,
                table.columns().stream()
                        .map(column -> field(column, required.test(column)))
                        .toList(),
                false,
                keys);
    }

    /** What is deleted needs no more than its key. */
    private static ObjectOperation deletion(ObjectTable table) {
        return new ObjectOperation(
                table.object(),
                DestinationSyncMode.DELETE,
                table.columns().stream()
                        .filter(column -> table.keys().stream().anyMatch(key -> key.contains(column.name())))
                        .map(column -> field(column, false))
                        .toList(),
                false,
                table.keys());
    }

    private static ObjectField field(ObjectTable.Column column, boolean required) {
        return new ObjectField(new Field(column.name(), column.type()), column.name(), required, column.allowed());
    }
}
