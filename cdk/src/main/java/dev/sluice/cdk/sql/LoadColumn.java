package dev.sluice.cdk.sql;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;

/** A column that a bulk load fills, and with what. */
public sealed interface LoadColumn {
    /** The name in the table. */
    String name();

    /**
     * One of Airbyte's columns.
     *
     * @param meta which one
     */
    record Meta(MetaColumn meta) implements LoadColumn {
        @Override
        public String name() {
            return meta.column();
        }
    }

    /**
     * A field of the stream.
     *
     * @param name the name in the table
     * @param field the field
     * @param index its place in the batch
     * @param columnType the type of the column in the database's words
     */
    record Data(String name, Field field, int index, String columnType) implements LoadColumn {
        /** The type of the values that come. */
        public DataType type() {
            return field.type();
        }
    }

    /** In a table to be merged: the code of what happened to the row. An integer of 16 bits. */
    record OperationCode() implements LoadColumn {
        @Override
        public String name() {
            return "_sluice_operation";
        }
    }
}
