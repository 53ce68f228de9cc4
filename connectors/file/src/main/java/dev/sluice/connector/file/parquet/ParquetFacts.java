package dev.sluice.connector.file.parquet;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * What the directory of a Parquet file says.
 *
 * @param columns the columns, in order
 * @param groups the row groups, in order
 * @param numbered true if DuckDB can number the rows; false if the file has a column of that name itself
 */
public record ParquetFacts(List<Column> columns, List<Group> groups, boolean numbered) {
    public ParquetFacts {
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
    }

    /**
     * A column.
     *
     * @param field the name, made unique in the file, and the type that the file gives it
     * @param read the type of its values as DuckDB hands them out; the layout is the same
     */
    record Column(Field field, DataType read) {}

    /**
     * A row group: rows that lie together.
     *
     * @param rows how many
     * @param bytes how many bytes they take, compressed
     */
    record Group(long rows, long bytes) {}

    /**
     * Some row groups, one after another.
     *
     * @param from the number of the first row in the file, counted from 0
     * @param to the number behind the last row
     * @param bytes how many bytes they take, compressed
     */
    public record Part(long from, long to, long bytes) {}

    /** The columns as fields. */
    public List<Field> fields() {
        return columns.stream().map(Column::field).toList();
    }

    /** The number of rows. */
    public long rows() {
        return groups.stream().mapToLong(Group::rows).sum();
    }

    /** Divides the file into parts of at least so many bytes, each with at least one row. */
    public List<Part> parts(long bytes) {
        List<Part> parts = new ArrayList<>();
        long from = 0;
        long to = 0;
        long size = 0;
        for (Group group : groups) {
            to += group.rows;
            size += group.bytes;
            if (size >= bytes && to > from) {
                parts.add(new Part(from, to, size));
                from = to;
                size = 0;
            }
        }
        if (to > from) {
            parts.add(new Part(from, to, size));
        }
        return parts;
    }
}
