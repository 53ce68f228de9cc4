package dev.sluice.connector.postgres.log;

import dev.sluice.connector.postgres.copy.CopyFormat;
import dev.sluice.connector.postgres.copy.LogColumn;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.ChangeFields;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table whose log is read.
 *
 * @param oid its number in pg_class
 * @param schema its schema
 * @param name its name
 * @param columns its columns as they were discovered, in order, without what the log adds
 */
public record LogTable(long oid, String schema, String name, List<LogColumn> columns) {
    private static final int MICROSECONDS = 6;
    private static final List<LogColumn> ADDED = List.of(
            added(ChangeFields.POSITION, new DataType.IntType(64), CopyFormat.INT8),
            added(ChangeFields.UPDATED_AT, new DataType.TimestampType(MICROSECONDS, true), CopyFormat.TIMESTAMPTZ),
            added(ChangeFields.DELETED_AT, new DataType.TimestampType(MICROSECONDS, true), CopyFormat.TIMESTAMPTZ));

    public LogTable {
        columns = List.copyOf(columns);
    }

    private static LogColumn added(String name, DataType type, CopyFormat format) {
        return new LogColumn(new Field(name, type), format, LogColumn.PLAIN, 0, -1);
    }

    /** The columns that the log adds to those of the table, apart from names that the table has itself. */
    public List<LogColumn> added() {
        List<LogColumn> added = new ArrayList<>(ADDED);
        added.removeIf(each -> column(each.field().name()).isPresent());
        return added;
    }

    StreamId stream() {
        return StreamId.of(schema, name);
    }

    /** Schema and name, quoted. */
    String quoted() {
        return Quoting.identifier(schema) + "." + Quoting.identifier(name);
    }

    /** The column of the table with a name. */
    Optional<LogColumn> column(String wanted) {
        return columns.stream()
                .filter(column -> column.field().name().equals(wanted))
                .findFirst();
    }

    /** The column that a field is read from, in the table or added by the log. */
    public LogColumn read(String field) {
        return column(field)
                .or(() -> ADDED.stream()
                        .filter(each -> each.field().name().equals(field))
                        .findFirst())
                .orElseThrow(() -> new IllegalArgumentException("no column " + field));
    }
}
