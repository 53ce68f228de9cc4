package dev.sluice.connector.postgres.source;

import dev.sluice.connector.postgres.copy.CopyColumn;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A table or view that can be read.
 *
 * @param oid its number in pg_class
 * @param schema its schema
 * @param name its name
 * @param kind relkind of pg_class
 * @param columns the columns that may be read, in order
 */
record Relation(long oid, String schema, String name, char kind, List<Column> columns) {
    Relation {
        columns = List.copyOf(columns);
    }

    /** A column and how it is read. */
    record Column(String name, String typeName, PgTypes.Reading reading) {
        /** The expression that is selected. */
        String expression(String alias) {
            return reading.expression().replace("%s", alias + "." + Quoting.identifier(name));
        }
    }

    StreamId stream() {
        return StreamId.of(schema, name);
    }

    Schema fields() {
        return new Schema(columns.stream()
                .map(column -> new Field(column.name(), column.reading().type()))
                .toList());
    }

    /** True if the rows lie in heap pages and have a ctid and an xmin. */
    boolean isHeap() {
        return kind == 'r' || kind == 'm' || kind == 'p';
    }

    boolean isPartitioned() {
        return kind == 'p';
    }

    /** Schema and name, quoted. */
    String quoted() {
        return Quoting.identifier(schema) + "." + Quoting.identifier(name);
    }

    Column column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column " + columnName));
    }

    /** How the fields of a schema are read, in its order. */
    List<CopyColumn> copyColumns(Schema selected) {
        List<CopyColumn> copied = new ArrayList<>(selected.size());
        for (Field field : selected.fields()) {
            copied.add(new CopyColumn(
                    field,
                    Objects.requireNonNull(column(field.name())).reading().format()));
        }
        return copied;
    }
}
