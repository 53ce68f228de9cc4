package dev.sluice.cdk.sql;

import java.util.Objects;

/**
 * The name of a table as the database has it, not quoted.
 *
 * @param schema the schema
 * @param table the table in it
 */
public record TableName(String schema, String table) {
    public TableName {
        Objects.requireNonNull(schema);
        Objects.requireNonNull(table);
    }

    /** {@code schema.table}, for people. */
    @Override
    public String toString() {
        return schema + "." + table;
    }
}
