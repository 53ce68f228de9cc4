package dev.sluice.cdk.sql;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.List;

/** A column that a bulk load fills, and with what. */
public sealed interface LoadColumn {
    /** The name in the table. */
    String name();

    /** Those of the columns that are fields of the stream. */
    static List<Data> dataOf(List<LoadColumn> columns) {
        return columns.stream()
                .filter(Data.class::isInstance)
                .map(Data.class::cast)
                .toList();
    }

    /**
     * The columns with Airbyte's at the end, so that a writer knows what became of a row's values when it comes to its
     * metadata.
     */
    static List<LoadColumn> metaLast(List<LoadColumn> columns) {
        List<LoadColumn> ordered = new ArrayList<>(dataOf(columns));
        columns.stream().filter(OperationCode.class::isInstance).forEach(ordered::add);
        columns.stream().filter(Meta.class::isInstance).forEach(ordered::add);
        return ordered;
    }

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
