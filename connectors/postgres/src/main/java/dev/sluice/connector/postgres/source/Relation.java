package dev.sluice.connector.postgres.source;

import dev.sluice.connector.postgres.copy.CopyColumn;
import dev.sluice.connector.postgres.copy.LogColumn;
import dev.sluice.connector.postgres.log.LogTable;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * A table or view that can be read.
 *
 * @param oid its number in pg_class
 * @param schema its schema
 * @param name its name
 * @param kind relkind of pg_class
 * @param isLogged true if its changes are read from the log
 * @param columns the columns that may be read, in order
 */
record Relation(long oid, String schema, String name, char kind, boolean isLogged, List<Column> columns) {
    Relation {
        columns = List.copyOf(columns);
    }

    /**
     * A column and how it is read.
     *
     * @param name its name
     * @param typeName its type as the server spells it
     * @param typeOid the number of its type in pg_type
     * @param modifier the modifier of the type
     * @param reading how it is read
     */
    record Column(String name, String typeName, long typeOid, int modifier, PgTypes.Reading reading) {
        /** The expression that is selected. */
        String expression(String alias) {
            return reading.expression().replace("%s", alias + "." + Quoting.identifier(name));
        }
    }

    StreamId stream() {
        return StreamId.of(schema, name);
    }

    Schema fields() {
        List<Field> fields = new ArrayList<>();
        columns.forEach(
                column -> fields.add(new Field(column.name(), column.reading().type())));
        if (isLogged) {
            logTable().added().forEach(column -> fields.add(column.field()));
        }
        return new Schema(fields);
    }

    /** The same as a table whose log is read. */
    LogTable logTable() {
        return new LogTable(
                oid,
                schema,
                name,
                columns.stream()
                        .map(column -> new LogColumn(
                                new Field(column.name(), column.reading().type()),
                                column.reading().format(),
                                column.reading().expression(),
                                column.typeOid(),
                                column.modifier()))
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
        LogTable table = logTable();
        return selected.fields().stream()
                .map(field -> new CopyColumn(field, table.read(field.name()).format()))
                .toList();
    }
}
