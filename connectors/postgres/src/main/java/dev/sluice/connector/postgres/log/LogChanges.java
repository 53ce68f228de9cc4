package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.log.LogProblems;
import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.postgres.copy.LogColumn;
import dev.sluice.connector.postgres.copy.LogRows;
import dev.sluice.connector.postgres.copy.LogTuple;
import dev.sluice.connector.postgres.copy.WireInput;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.ChangeFields;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Schema;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what the log tells of a table into rows. One thread uses it. */
final class LogChanges {
    /** The microseconds from 1970-01-01 to 2000-01-01, from which the server counts. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private final LogTable table;
    private final StreamRead read;
    private final Schema schema;
    private final LogRows rows;
    private final SessionPool<PgSession> sessions;
    private final ConnectorContext context;
    private final boolean showsDeletes;
    private final int[] places;
    private final LogTuple now = new LogTuple();
    private final LogTuple before = new LogTuple();

    private LogShape shape = new LogShape(List.of());
    private int[] keyPlaces = {};
    private boolean isChecked;
    private long committedAt;
    private long commitTime;
    private long number;

    LogChanges(LogTable table, StreamRead read, LogRows rows, LogReader.Shared shared) {
        this.table = table;
        this.read = read;
        this.schema = read.schema();
        this.rows = rows;
        this.sessions = shared.sessions();
        this.context = shared.context();
        this.places = new int[schema.size()];
        this.showsDeletes =
                read.deduplicated() || schema.indexOf(ChangeFields.DELETED_AT).isPresent();
    }

    /** A transaction begins. */
    void begin(long commit, long time) {
        committedAt = commit;
        commitTime = time + EPOCH_MICROS;
        number = 0;
    }

    long committedAt() {
        return committedAt;
    }

    /** The place of the next change. */
    LogPlace next() {
        return new LogPlace(committedAt, number++);
    }

    /** From here on the table has these columns. */
    void shape(LogShape shapeFromHere) {
        shape = shapeFromHere;
        isChecked = false;
        for (int i = 0; i < places.length; i++) {
            places[i] = shape.place(schema.field(i).name());
        }
        keyPlaces = read.primaryKey().stream()
                .mapToInt(path -> shape.place(path.column()))
                .toArray();
    }

    /** Whether the columns are those that were discovered; asked before the first row that counts. */
    private void check() {
        isChecked = true;
        for (int i = 0; i < places.length; i++) {
            String name = schema.field(i).name();
            LogColumn column = table.read(name);
            if (places[i] >= 0 && !shape.columns().get(places[i]).isLike(column)) {
                throw LogProblems.changed(
                                table.stream(),
                                "the column " + name + " had another type at this place of the log",
                                LogProblems.rewind(table.stream()))
                        .because("rows that were changed before the type was are told in the old one")
                        .exception();
            }
        }
        List<String> unknown = shape.columns().stream()
                .map(LogShape.Column::name)
                .filter(name -> table.column(name).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            requireGone(unknown);
        }
    }

    /** Columns that are unknown were dropped since; one that was added since waits for the next discovery. */
    private void requireGone(List<String> unknown) {
        boolean added = sessions.with(session ->
                session.query("""
                    SELECT a.attname FROM pg_attribute AS a
                     WHERE a.attrelid = ?::int8::oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                       AND has_column_privilege(a.attrelid, a.attnum, 'SELECT')\
                    """, table.oid()).stream().anyMatch(row -> unknown.contains(row.requireText(0))));
        if (added) {
            throw LogProblems.changed(
                            table.stream(),
                            "the table got the columns " + String.join(", ", unknown) + " while it was read",
                            "run it again")
                    .exception();
        }
    }

    /** Reads a change. */
    void read(byte type, WireInput in, boolean inBuffer, ReadContext host) throws IOException {
        if (!isChecked) {
            check();
        }
        switch (type) {
            case LogMessage.INSERT -> {
                in.readByte();
                now.read(in, inBuffer, host);
                add(Operation.INSERT, now, null);
            }
            case LogMessage.UPDATE -> {
                byte kind = (byte) in.readByte();
                if (kind == LogMessage.NEW_TUPLE) {
                    now.read(in, inBuffer, host);
                    add(Operation.UPDATE, now, null);
                    return;
                }
                before.read(in, inBuffer, host);
                in.readByte();
                now.read(in, inBuffer, host);
                update(kind == LogMessage.OLD_TUPLE);
            }
            case LogMessage.DELETE -> {
                in.readByte();
                before.read(in, inBuffer, host);
                delete();
            }
            case LogMessage.TRUNCATE -> truncate();
            default -> throw new IOException("unexpected message of type " + (char) type + " in the log");
        }
    }

    /** An update of which the log tells the old row, as a whole or by its key. */
    private void update(boolean whole) throws IOException {
        Before old = new Before(before, whole);
        boolean keyChanged = false;
        for (int key : keyPlaces) {
            keyChanged |= key >= 0 && !now.isUnchanged(key) && old.has(key, shape) && !before.agrees(now, key);
        }
        if (keyChanged) {
            delete();
            add(Operation.INSERT, now, old);
        } else {
            add(Operation.UPDATE, now, old);
        }
    }

    private void delete() throws IOException {
        if (!showsDeletes) {
            throw LogProblems.unseenDelete(table.stream()).exception();
        }
        add(Operation.DELETE, before, null);
    }

    private void truncate() {
        if (read.deduplicated()) {
            throw LogProblems.truncated(table.stream()).exception();
        }
        context.log(Level.WARNING, table.stream() + ": the table was emptied by TRUNCATE; no row tells of that");
    }

    /**
     * A row as it was before an update.
     *
     * @param tuple what the log tells of it
     * @param whole true if it tells all columns; else the key
     */
    private record Before(LogTuple tuple, boolean whole) {
        boolean has(int place, LogShape shape) {
            return (whole || shape.columns().get(place).isKey()) && !tuple.isUnchanged(place);
        }
    }

    private void add(Operation operation, LogTuple tuple, @Nullable Before old) throws IOException {
        for (int i = 0; i < places.length; i++) {
            int place = places[i];
            if (place < 0) {
                addOfLog(i, operation);
            } else if (!tuple.isUnchanged(place)) {
                rows.append(i, tuple, place);
            } else if (old != null && old.has(place, shape)) {
                rows.append(i, old.tuple(), place);
            } else {
                throw PgLogProblems.unchanged(table.stream(), schema.field(i).name(), table.quoted())
                        .exception();
            }
        }
        rows.endRow(operation);
    }

    /** Adds what the log itself tells; a column that the table did not have yet is null. */
    private void addOfLog(int field, Operation operation) {
        String name = schema.field(field).name();
        boolean isOfLog = table.column(name).isEmpty();
        if (isOfLog && name.equals(ChangeFields.POSITION)) {
            rows.appendLong(field, committedAt);
        } else if (isOfLog
                && (name.equals(ChangeFields.UPDATED_AT)
                        || (name.equals(ChangeFields.DELETED_AT) && operation == Operation.DELETE))) {
            rows.appendLong(field, commitTime);
        } else {
            rows.appendNull(field);
        }
    }
}
