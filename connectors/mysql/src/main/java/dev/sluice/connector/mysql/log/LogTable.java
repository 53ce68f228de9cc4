package dev.sluice.connector.mysql.log;

import dev.sluice.connector.mysql.session.Quoting;
import dev.sluice.connector.mysql.wire.Decoding;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.source.ChangeFields;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.List;
import java.util.Optional;

/**
 * A table whose log is read.
 *
 * @param database its database
 * @param name its name
 * @param columns the columns that are read of it, without what the log adds
 * @param shape all its columns, as they were discovered
 */
public record LogTable(String database, String name, List<LogColumn> columns, LogShape shape) {
    private static final DataType MOMENT = new DataType.TimestampType(6, true);
    private static final String COLUMN = "%s";
    private static final List<LogColumn> ADDED = List.of(
            new LogColumn(new Field(ChangeFields.LOG_FILE, new DataType.TextType()), Decoding.TEXT, COLUMN),
            new LogColumn(new Field(ChangeFields.LOG_PLACE, new DataType.IntType(64)), Decoding.NUMBER, COLUMN),
            new LogColumn(new Field(ChangeFields.UPDATED_AT, MOMENT), Decoding.TIMESTAMP, COLUMN),
            new LogColumn(new Field(ChangeFields.DELETED_AT, MOMENT), Decoding.TIMESTAMP, COLUMN));

    public LogTable {
        columns = List.copyOf(columns);
    }

    /** The columns that the log adds to those of the table, apart from names that the table has itself. */
    public List<LogColumn> added() {
        return ADDED.stream()
                .filter(each -> column(each.field().name()).isEmpty())
                .toList();
    }

    StreamId stream() {
        return StreamId.of(database, name);
    }

    /** Database and table, quoted. */
    String quoted() {
        return Quoting.table(database, name);
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
                .or(() -> added().stream()
                        .filter(each -> each.field().name().equals(field))
                        .findFirst())
                .orElseThrow(() -> new IllegalArgumentException("no column " + field));
    }
}
