package dev.sluice.testkit.contract;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import dev.sluice.testkit.rows.Values;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The table that most tests of sources use: a key, a name, a cursor; with a model of what is in it, which is the oracle.
 * The model follows the edits that go through this class; for one thread.
 */
final class StandardTable {
    static final int ID = 0;
    static final int NAME = 1;
    static final int CHANGED = 2;

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final SourceTable table;
    private final Schema schema;
    private final List<String> key;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private StandardTable(SourceTable table, TableSpec spec) {
        this.table = table;
        this.schema = spec.schema();
        this.key = spec.primaryKey();
    }

    /** A table with so many rows, whose ids and cursors count from 1. */
    static StandardTable create(SourceFixture fixture, int rows) {
        StandardTable made = empty(fixture, fixture.cursorTypes().getFirst());
        made.insert(made.rows(1, rows));
        return made;
    }

    /** An empty table with a cursor of this type. */
    static StandardTable empty(SourceFixture fixture, DataType cursorType) {
        return named(fixture, cursorType, "contract_" + NUMBERS.incrementAndGet());
    }

    static StandardTable named(SourceFixture fixture, DataType cursorType, String name) {
        Schema schema = Schema.of(
                new Field("id", fixture.keyType()),
                new Field("name", new DataType.TextType()),
                new Field("changed", cursorType));
        TableSpec spec = new TableSpec(null, name, schema, List.of("id"), "changed");
        return new StandardTable(fixture.create(spec), spec);
    }

    static String freshName() {
        return "contract_" + NUMBERS.incrementAndGet();
    }

    SourceTable table() {
        return table;
    }

    /** Rows whose ids and cursors count from one number to another, both included. */
    List<Row> rows(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(this::row).toList();
    }

    Row row(int id) {
        return row(id, "name " + id, (long) id);
    }

    /**
     * A row.
     *
     * @param cursor the number that the cursor value stands for; null for none
     */
    Row row(int id, String name, @Nullable Long cursor) {
        return Row.of(
                number(schema.field(ID).type(), id),
                name,
                cursor == null ? null : number(schema.field(CHANGED).type(), cursor));
    }

    /** A value of a type that stands for a number and is ordered like it, for numbers from 0 on. */
    static String number(DataType type, long number) {
        return switch (type) {
            case DataType.TextType ignored -> String.format("%012d", number);
            case DataType.DateType ignored ->
                Values.canonical(type, LocalDate.of(2024, 1, 1).plusDays(number));
            case DataType.TimestampType(int ignored, boolean zoned) ->
                Values.canonical(
                        type,
                        LocalDateTime.of(LocalDate.of(2024, 1, 1), LocalTime.MIDNIGHT)
                                        .plusSeconds(number)
                                + (zoned ? "Z" : ""));
            default -> Values.canonical(type, Long.toString(number));
        };
    }

    void insert(List<Row> more) {
        try (SourceTable.Edit edit = table.begin()) {
            edit.insert(more);
            edit.commit();
        }
        noteInserted(more);
    }

    void update(Row... changed) {
        try (SourceTable.Edit edit = table.begin()) {
            for (Row row : changed) {
                edit.update(row);
            }
            edit.commit();
        }
        noteInserted(List.of(changed));
    }

    void delete(Row... gone) {
        try (SourceTable.Edit edit = table.begin()) {
            for (Row row : gone) {
                edit.delete(row);
            }
            edit.commit();
        }
        noteDeleted(gone);
    }

    /** Follows edits that a test committed by itself. */
    void noteInserted(List<Row> more) {
        more.forEach(row -> rows.put(row.text(ID), row));
    }

    void noteDeleted(Row... gone) {
        for (Row row : gone) {
            rows.remove(row.text(ID));
        }
    }

    /** The content as a read has to give it. */
    List<Row> expected() {
        List<Row> expected = new ArrayList<>(rows.size());
        rows.values().forEach(row -> expected.add(table.expected(row)));
        return expected;
    }

    List<Row> expected(List<Row> stored) {
        return stored.stream().map(table::expected).toList();
    }

    KnownStream known() {
        return new KnownStream(table.id(), table.schema(), key, expected());
    }
}
