package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.log.Spool;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one reading of the log found of a table: its events in a spool, and in memory what concerns it as a whole.
 *
 * <p>A record of the spool is its kind, the place in the file and the time in microseconds, and then what belongs to it: the
 * name of a file, the description of the table, or the rows of an event from the number of their columns on.
 */
final class TableLog {
    static final byte FILE = 'F';
    static final byte MAP = 'M';
    static final byte INSERT = 'I';
    static final byte UPDATE = 'U';
    static final byte DELETE = 'D';
    static final int HEADER_BYTES = 17;

    private final String database;
    private final String name;
    private final Spool spool;
    private final List<Mark> marks = new ArrayList<>();
    private final List<Parked> parked = new ArrayList<>();
    private String file = "";
    private byte @Nullable [] map;
    private long begun = -1;

    TableLog(String database, String name, Spool spool) {
        this.database = database;
        this.name = name;
        this.spool = spool;
    }

    /** The rows of a transaction that was prepared: they count where it is committed, if it is. */
    static final class Parked {
        private final long from;
        private final long to;
        private @Nullable LogPlace committed;
        private long micros;

        private Parked(long from, long to) {
            this.from = from;
            this.to = to;
        }

        void commit(LogPlace place, long atMicros) {
            committed = place;
            micros = atMicros;
        }

        /** True if a record that begins at a byte of the spool is one of these rows. */
        boolean has(long at) {
            return at >= from && at < to;
        }

        boolean isBehind(long at) {
            return to <= at;
        }

        /** Where the transaction was committed; null if it was not. */
        @Nullable
        LogPlace committed() {
            return committed;
        }

        /** When it was committed. */
        long micros() {
            return micros;
        }
    }

    Spool spool() {
        return spool;
    }

    /** What concerns the table as a whole, in order. */
    List<Mark> marks() {
        return marks;
    }

    void mark(Mark mark) {
        marks.add(mark);
    }

    /** Notes what a statement means for the table. */
    void mark(LoggedStatement statement, LogPlace place) {
        Effect effect = statement.on(database, name);
        switch (effect) {
            case NONE -> {}
            case REBUILT, ALTERED, TRUNCATED -> marks.add(new Mark(place, effect, null, statement.kind()));
            case ANEW -> marks.add(new Mark(place, effect, Stop.ANEW, statement.kind()));
            case TOLD -> marks.add(new Mark(place, effect, Stop.TOLD, statement.kind()));
        }
    }

    /** A transaction begins or ended; what came is kept. */
    void settle() {
        begun = -1;
    }

    /** The current transaction was prepared: what came of it waits. */
    Parked park() {
        Parked rows = new Parked(begun < 0 ? spool.size() : begun, spool.size());
        parked.add(rows);
        begun = -1;
        return rows;
    }

    /** What waits or waited for the second phase of its transaction, in order. */
    List<Parked> parked() {
        return parked;
    }

    /** What came of the current transaction never happened. */
    void takeBack() {
        if (begun >= 0) {
            spool.cutTo(begun);
            begun = -1;
            file = "";
            map = null;
        }
    }

    /** Puts the description of the table in front of its rows; true if they are the first of a transaction. */
    boolean describe(String ofFile, byte[] description) {
        boolean isFirst = begun < 0;
        if (isFirst) {
            begun = spool.size();
        }
        if (!file.equals(ofFile)) {
            file = ofFile;
            add(FILE, file.getBytes(StandardCharsets.UTF_8));
        }
        if (!Arrays.equals(map, description)) {
            map = description;
            add(MAP, description);
        }
        return isFirst;
    }

    private void add(byte kind, byte[] content) {
        begin(kind, 0, 0, content.length);
        spool.write(content, 0, content.length);
    }

    /** Begins a record, of which so many bytes follow. */
    void begin(byte kind, long place, long micros, int length) {
        spool.begin(HEADER_BYTES + length);
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(kind)
                .putLong(place)
                .putLong(micros)
                .array();
        spool.write(header, 0, header.length);
    }
}
