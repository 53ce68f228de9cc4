package dev.sluice.connector.mysql.source;

import dev.sluice.connector.mysql.log.LogTable;
import dev.sluice.connector.mysql.session.Quoting;
import dev.sluice.connector.mysql.wire.Decoding;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table or view that can be read.
 *
 * @param database its database
 * @param name its name
 * @param kind what it is
 * @param columns the columns that may be read, in order
 * @param key the key by whose ranges it can be read; null if there is none
 * @param rowBytes how many bytes a row takes on average; 0 if nobody knows
 * @param logged the same as a table whose log is read; null if that is not read
 */
record Relation(
        String database,
        String name,
        Kind kind,
        List<Column> columns,
        @Nullable Key key,
        long rowBytes,
        @Nullable LogTable logged) {
    Relation {
        columns = List.copyOf(columns);
    }

    /** What a relation is, as far as reading it depends on it. */
    enum Kind {
        /** A table of InnoDB: snapshots see it as it was. */
        SNAPSHOT_TABLE,
        /** The same in partitions. */
        PARTITIONED_TABLE,
        /** A table of another engine: only a single statement sees one moment. */
        PLAIN_TABLE,
        /** A view. */
        VIEW
    }

    /** A column and how it is read. */
    record Column(String name, MyTypes.Reading reading) {
        /** The expression that is selected. */
        String expression() {
            return reading.expression().replace("%s", quoted());
        }

        /** The expression whose text stands for a value, see {@link #literal}. */
        String orderText() {
            return reading.order().text(quoted());
        }

        String literal(String text) {
            return reading.order().literal(text);
        }

        String quoted() {
            return Quoting.identifier(name);
        }
    }

    /**
     * A key in whose order the rows lie.
     *
     * @param index the name of its index
     * @param columns its columns
     */
    record Key(String index, List<Column> columns) {
        Key {
            columns = List.copyOf(columns);
        }
    }

    StreamId stream() {
        return StreamId.of(database, name);
    }

    Schema fields() {
        List<Field> fields = new ArrayList<>();
        columns.forEach(
                column -> fields.add(new Field(column.name(), column.reading().type())));
        if (logged != null) {
            logged.added().forEach(column -> fields.add(column.field()));
        }
        return new Schema(fields);
    }

    /** The same as a table whose log is read. */
    LogTable requireLogged() {
        return Objects.requireNonNull(logged);
    }

    /** How the texts of a field are read, of a column or of what the log adds. */
    Decoding decoding(String field) {
        return find(field)
                .map(column -> column.reading().decoding())
                .orElseGet(() -> requireLogged().read(field).decoding());
    }

    /** True if a transaction sees it as it was when the transaction began, however many statements read it. */
    boolean hasSnapshots() {
        return kind == Kind.SNAPSHOT_TABLE || kind == Kind.PARTITIONED_TABLE;
    }

    /** True if it can be read in parts, and an interrupted read can go on. */
    boolean isDivisible() {
        return hasSnapshots() && key != null;
    }

    String quoted() {
        return Quoting.table(database, name);
    }

    Optional<Column> find(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }

    Column column(String columnName) {
        return find(columnName).orElseThrow(() -> new IllegalArgumentException("no column " + columnName));
    }
}
