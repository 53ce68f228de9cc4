package dev.sluice.cdk.sql;

import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table of a stream: its name, Airbyte's columns, and a column for each field with the type that new columns get.
 *
 * @param table the name after the database's rules for identifiers
 * @param data the columns of the fields, in the order of the schema
 * @param key the columns of the primary key; empty if rows are not merged
 * @param cursor the column that tells the later of two rows; null to go by the time of extraction
 */
record TableLayout(
        TableName table,
        List<LoadColumn.Data> data,
        List<String> key,
        @Nullable String cursor) {
    TableLayout {
        data = List.copyOf(data);
        key = List.copyOf(key);
    }

    static TableLayout of(TargetSpec spec, SqlDialect dialect, String defaultSchema) {
        String namespace = spec.name().namespace();
        TableName table = new TableName(
                Identifiers.fit(namespace == null ? defaultSchema : namespace, dialect),
                Identifiers.fit(spec.name().name(), dialect));
        Identifiers names = new Identifiers(dialect);
        for (MetaColumn meta : MetaColumn.values()) {
            names.unique(meta.column());
        }
        Schema schema = spec.schema();
        List<LoadColumn.Data> data = new ArrayList<>(schema.size());
        Map<String, String> columnOf = new HashMap<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            String column = names.unique(field.name());
            columnOf.put(field.name(), column);
            data.add(new LoadColumn.Data(
                    column, field, i, dialect.columnType(field.type()).sql()));
        }
        List<String> key = new ArrayList<>();
        String cursor = null;
        if (spec.mode().mode().dedups()) {
            for (FieldPath path : spec.mode().primaryKey()) {
                key.add(column(columnOf, path));
            }
            FieldPath path = spec.mode().cursor();
            cursor = path == null ? null : column(columnOf, path);
        }
        return new TableLayout(table, data, key, cursor);
    }

    /** The same columns with the types that they have in a table that is there. */
    TableLayout withTypes(Map<String, String> typeByColumn) {
        List<LoadColumn.Data> typed = data.stream()
                .map(column -> new LoadColumn.Data(
                        column.name(),
                        column.field(),
                        column.index(),
                        typeByColumn.getOrDefault(column.name(), column.columnType())))
                .toList();
        return new TableLayout(table, typed, key, cursor);
    }

    /** The same columns in another table. */
    TableLayout in(TableName other) {
        return new TableLayout(other, data, key, cursor);
    }

    /** All columns in the order of the table: Airbyte's, then those of the fields. */
    List<LoadColumn> columns() {
        List<LoadColumn> columns = new ArrayList<>();
        for (MetaColumn meta : MetaColumn.values()) {
            columns.add(new LoadColumn.Meta(meta));
        }
        columns.addAll(data);
        return columns;
    }

    /** All columns of a table that is merged into this one. */
    List<LoadColumn> columnsToMerge() {
        List<LoadColumn> columns = new ArrayList<>(columns());
        columns.add(new LoadColumn.OperationCode());
        return columns;
    }

    private static String column(Map<String, String> columnOf, FieldPath path) {
        String column = columnOf.get(path.column());
        if (column == null) {
            throw new IllegalArgumentException("the schema has no field " + path);
        }
        return column;
    }
}
