package dev.sluice.cdk.sql;

import dev.sluice.spi.type.DataType;
import java.util.List;
import java.util.Objects;

/**
 * A table of somebody else's that rows can be written into as it is.
 *
 * @param table where it stands
 * @param columns the columns that can be written
 * @param keys what is unique in it: the columns of each constraint
 */
public record ObjectTable(TableName table, List<Column> columns, List<List<String>> keys) {
    public ObjectTable {
        Objects.requireNonNull(table);
        columns = List.copyOf(columns);
        keys = keys.stream().map(List::copyOf).toList();
    }

    /**
     * A column.
     *
     * @param name its name
     * @param sqlType its type in the database's words, without a length and without a domain: values are cast to it, and a
     *     cast would cut in silence what the column itself refuses
     * @param type the type of the values that it takes, whole and floating numbers of 64 bits; a text where the database
     *     makes the value of a text
     * @param required true if a row cannot be inserted without it
     * @param allowed the only values that it takes; empty if any
     */
    public record Column(String name, String sqlType, DataType type, boolean required, List<String> allowed) {
        public Column {
            Objects.requireNonNull(name);
            Objects.requireNonNull(sqlType);
            Objects.requireNonNull(type);
            allowed = List.copyOf(allowed);
        }
    }

    /** The name of the kind of object: that of the table with its schema. */
    public String object() {
        return table.toString();
    }
}
