package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.log.LogProblems;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.wire.LogRows;
import dev.sluice.connector.mysql.wire.WireInput;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.ChangeFields;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what the log tells of a table into rows. One thread uses it. */
final class LogChanges {
    private final LogTable table;
    private final StreamRead read;
    private final Schema schema;
    private final LogRange range;
    private final LogRows rows;
    private final LogValues values;
    private final ConnectorContext context;
    private final boolean showsDeletes;
    private final int[] places;
    private final @Nullable LogValue[] texts;
    private final boolean[] isOfKey;
    private final LogCells now = new LogCells();
    private final LogCells before = new LogCells();

    private @Nullable LogMap map;
    private int[] keyPlaces = {};
    private int alterations;
    private int alterationsInAll;
    private boolean isBound;
    private LogPlace place;
    private long micros;

    LogChanges(LogTable table, StreamRead read, LogRange range, LogRows rows, Server server) {
        this.table = table;
        this.read = read;
        this.schema = read.schema();
        this.range = range;
        this.rows = rows;
        this.place = range.from();
        this.context = server.context();
        this.values = new LogValues(server.charsets(), server.sessions());
        this.places = new int[schema.size()];
        this.texts = new LogValue[schema.size()];
        this.isOfKey = new boolean[schema.size()];
        this.showsDeletes =
                read.deduplicated() || schema.indexOf(ChangeFields.DELETED_AT).isPresent();
    }

    /** Where values are looked up that only the server can tell. */
    record Server(Charsets charsets, Supplier<MySession> sessions, ConnectorContext context) {}

    /** Hears how often the columns of the table may have become others in all that is read. */
    void expect(int alterationsOfTheWhole) {
        alterationsInAll = alterationsOfTheWhole;
    }

    /** From here on rows are held so. */
    void map(LogMap mapFromHere) {
        map = mapFromHere;
        now.know(mapFromHere.columns());
        before.know(mapFromHere.columns());
        isBound = false;
    }

    /** Something concerns the table as a whole. */
    void mark(Mark mark) {
        if (mark.stop() != null) {
            throw mark.stop()
                    .problem(table.stream(), mark.what() + " at " + mark.place().text())
                    .exception();
        }
        switch (mark.effect()) {
            case ALTERED -> {
                alterations++;
                isBound = false;
            }
            case TRUNCATED -> truncate();
            case NONE, REBUILT, ANEW, TOLD -> {}
        }
    }

    private void truncate() {
        if (read.deduplicated()) {
            throw LogProblems.truncated(table.stream()).exception();
        }
        context.log(Level.WARNING, table.stream() + ": the table was emptied by TRUNCATE; no row tells of that");
    }

    /** Rows of an event follow. */
    void event(LogPlace from, long committedMicros) {
        place = from;
        micros = committedMicros;
        if (!isBound) {
            bind();
            isBound = true;
        }
    }

    /** How the rows are held. */
    List<ColumnWire> columns() {
        return Objects.requireNonNull(map).columns();
    }

    /** Finds which column of the log each field is, and refuses to guess. */
    private void bind() {
        LogMap current = Objects.requireNonNull(map, "the log has rows of a table that it did not describe");
        LogShape shape = shape(current);
        for (int i = 0; i < places.length; i++) {
            String name = schema.field(i).name();
            Optional<LogColumn> column = table.column(name);
            places[i] = column.isPresent() ? shape.place(name) : -1;
            texts[i] = null;
            if (places[i] >= 0 && column.isPresent()) {
                LogShape.Column then = shape.columns().get(places[i]);
                LogShape.Column today =
                        table.shape().columns().get(table.shape().place(name));
                if (!then.isLike(today)) {
                    throw LogProblems.changed(
                                    table.stream(),
                                    "the column " + name + " was " + then.type() + " at this place of the log and is "
                                            + today.type(),
                                    LogProblems.rewind(table.stream()))
                            .because("rows that were changed before the type was are told in the old one")
                            .exception();
                }
                texts[i] = values.of(current.columns().get(places[i]), then, column.get());
            }
        }
        List<String> key = read.primaryKey().stream().map(FieldPath::column).toList();
        keyPlaces =
                key.stream().mapToInt(shape::place).filter(each -> each >= 0).toArray();
        for (int i = 0; i < isOfKey.length; i++) {
            isOfKey[i] = key.isEmpty() || key.contains(schema.field(i).name());
        }
    }

    /**
     * The columns of the table at this place. The log has no names for them, so they are known before the first and after the
     * last alteration; in between only where the server writes names.
     */
    private LogShape shape(LogMap current) {
        if (alterationsInAll == 0 && !range.before().equals(range.after())) {
            throw LogProblems.changed(
                            table.stream(),
                            "the columns of the table became others, and the log does not tell when",
                            LogProblems.rewind(table.stream()))
                    .exception();
        }
        boolean isFirst = alterations == 0;
        boolean isLast = alterations == alterationsInAll;
        if (isLast && current.fits(range.after())) {
            return range.after();
        }
        if (isFirst && current.fits(range.before())) {
            return range.before();
        }
        if (!current.names().isEmpty() && current.fits(range.after())) {
            return range.after();
        }
        if (!current.names().isEmpty() && current.fits(range.before())) {
            return range.before();
        }
        throw LogProblems.changed(
                        table.stream(),
                        isFirst || isLast
                                ? "the log describes the table with other columns than its server does"
                                : "the table was altered several times since the last run, and rows were changed in"
                                        + " between",
                        LogProblems.rewind(table.stream()))
                .because("rows in the log have " + current.columns().size() + " columns and no names for them; "
                        + range.before().columns().size() + " were known at "
                        + range.from().text() + " and "
                        + range.after().columns().size() + " at " + range.end().text())
                .exception();
    }

    /**
     * Reads a row of the current event.
     *
     * @param isNew false if it is to be passed over
     * @return the bytes that it took
     */
    long read(byte kind, WireInput in, boolean inBuffer, ReadContext host, boolean isNew) throws IOException {
        long taken = kind == TableLog.INSERT ? 0 : before.read(in, inBuffer, host);
        taken += kind == TableLog.DELETE ? 0 : now.read(in, inBuffer, host);
        if (isNew) {
            switch (kind) {
                case TableLog.INSERT -> add(Operation.INSERT, now);
                case TableLog.UPDATE -> update();
                case TableLog.DELETE -> delete();
                default -> throw new IOException("unexpected event of the kind " + (char) kind + " in the log");
            }
        }
        return taken;
    }

    private void update() throws IOException {
        for (int key : keyPlaces) {
            if (!before.agrees(now, key)) {
                delete();
                add(Operation.INSERT, now);
                return;
            }
        }
        add(Operation.UPDATE, now);
    }

    private void delete() throws IOException {
        if (!showsDeletes) {
            throw LogProblems.unseenDelete(table.stream()).exception();
        }
        add(Operation.DELETE, before);
    }

    private void add(Operation operation, LogCells cells) throws IOException {
        for (int i = 0; i < places.length; i++) {
            LogValue text = texts[i];
            if (text == null) {
                addOfLog(i, operation);
            } else if (operation == Operation.DELETE && !isOfKey[i]) {
                rows.appendNull(i); // a row that is gone is told by its key, as other logs have no more of it
            } else {
                cells.append(places[i], text, rows, i);
            }
        }
        rows.endRow(operation);
    }

    /** Adds what the log itself tells; a column that the table did not have yet is null. */
    private void addOfLog(int field, Operation operation) {
        String name = schema.field(field).name();
        switch (table.column(name).isPresent() ? "" : name) {
            case ChangeFields.LOG_FILE -> {
                byte[] file = place.file().getBytes(StandardCharsets.UTF_8);
                rows.append(field, file, 0, file.length);
            }
            case ChangeFields.LOG_PLACE -> rows.appendLong(field, place.at());
            case ChangeFields.UPDATED_AT -> rows.appendLong(field, micros);
            case ChangeFields.DELETED_AT -> {
                if (operation == Operation.DELETE) {
                    rows.appendLong(field, micros);
                } else {
                    rows.appendNull(field);
                }
            }
            default -> rows.appendNull(field);
        }
    }
}
