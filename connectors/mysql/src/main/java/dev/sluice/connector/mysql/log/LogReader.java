package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.log.LogProblems;
import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.wire.LogRows;
import dev.sluice.connector.mysql.wire.WireInput;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the part of the log that tells of one table, between two places. */
final class LogReader implements SplitReader {
    private final LogTable table;
    private final LogRange range;
    private final LogPump pump;
    private final SessionPool<MySession> sessions;
    private final ReadContext context;
    private final LogRows rows;
    private final LogChanges changes;

    private @Nullable InputStream input;
    private @Nullable WireInput in;
    private Iterator<TableLog.Parked> parked = List.<TableLog.Parked>of().iterator();
    private TableLog.@Nullable Parked nextParked;
    private long size;
    private Iterator<Mark> marks = List.<Mark>of().iterator();
    private @Nullable Mark nextMark;
    private String file = "";
    private byte kind;
    private long left;
    private long leftOfEvent;
    private boolean inBuffer;
    private @Nullable LogPlace current;
    private RowPlace next;
    private RowPlace done;
    private volatile @Nullable MySession asked;
    private volatile boolean cancelled;

    /** What all readers of a source share. */
    record Shared(LogPump pump, Charsets charsets, SessionPool<MySession> sessions, ConnectorContext context) {}

    LogReader(
            LogTable table,
            StreamRead read,
            LogRange range,
            @Nullable String after,
            Shared shared,
            ReadContext context) {
        this.table = table;
        this.range = range;
        this.pump = shared.pump();
        this.sessions = shared.sessions();
        this.context = context;
        this.done = after == null ? new RowPlace(range.since(), -1) : RowPlace.parse(after);
        this.next = done;
        this.rows = new LogRows(
                read.schema().fields().stream()
                        .map(field -> field(table, table.read(field.name())))
                        .toList(),
                context,
                shared.context().clock(),
                () -> server().wire());
        this.changes = new LogChanges(
                table, read, range, rows, new LogChanges.Server(shared.charsets(), this::server, shared.context()));
    }

    private static LogRows.LogField field(LogTable table, LogColumn column) {
        int place = table.shape().place(column.field().name());
        boolean asks = place >= 0 && LogValues.asks(table.shape().columns().get(place), column);
        return new LogRows.LogField(column.field(), column.decoding(), asks);
    }

    /** The connection that is asked for texts. */
    private MySession server() {
        MySession session = asked;
        if (session == null) {
            session = sessions.take();
            asked = session;
        }
        return session;
    }

    @Override
    public @Nullable RecordBatch read() {
        try {
            WireInput open = in == null ? open() : in;
            while ((left > 0 || leftOfEvent > 0) && !rows.isFull()) {
                step(open);
            }
            if (left == 0 && leftOfEvent == 0) {
                passMarks(range.end());
            }
            return rows.isEmpty() ? null : rows.build();
        } catch (IOException failure) {
            MySession session = asked;
            throw session == null ? LogProblems.unspooled(failure) : session.failed(failure);
        }
    }

    private WireInput open() throws IOException {
        LogReading reading = pump.reading(table.stream(), range.since(), range.end(), this, () -> cancelled);
        TableLog log = reading.get(table.stream());
        List<Mark> inRange =
                log.marks().stream().filter(mark -> range.has(mark.place())).toList();
        changes.expect((int)
                inRange.stream().filter(mark -> mark.effect() == Effect.ALTERED).count());
        marks = inRange.iterator();
        nextMark = marks.hasNext() ? marks.next() : null;
        parked = log.parked().iterator();
        nextParked = parked.hasNext() ? parked.next() : null;
        size = log.spool().size();
        left = size;
        input = log.spool().open();
        WireInput opened = new WireInput(input);
        in = opened;
        return opened;
    }

    /** Hears of what concerns the whole table up to a place. */
    private void passMarks(LogPlace upTo) {
        for (Mark mark = nextMark; mark != null && mark.place().isBefore(upTo); mark = nextMark) {
            changes.mark(mark);
            nextMark = marks.hasNext() ? marks.next() : null;
        }
    }

    /** Reads a row, or what stands before rows. */
    private void step(WireInput from) throws IOException {
        if (leftOfEvent == 0) {
            event(from);
            return;
        }
        next = new RowPlace(next.event(), next.number() + 1);
        boolean isNew = next.isAfter(done);
        long taken = changes.read(kind, from, inBuffer, context, isNew);
        leftOfEvent -= taken;
        if (leftOfEvent < 0) {
            throw new IOException("a row in the log is longer than its event");
        }
        if (isNew) {
            done = next;
        }
    }

    private void event(WireInput from) throws IOException {
        TableLog.Parked transaction = parkedAt(size - left);
        int length = Integer.reverseBytes((int) from.number(4));
        left -= length + 4L;
        inBuffer = length < from.capacity();
        if (inBuffer) {
            from.require(length);
        }
        kind = (byte) from.number(1);
        long at = from.number(8);
        long micros = from.number(8);
        int rest = length - TableLog.HEADER_BYTES;
        switch (kind) {
            case TableLog.FILE -> file = new String(bytes(from, rest), StandardCharsets.UTF_8);
            case TableLog.MAP -> changes.map(LogMap.read(bytes(from, rest)));
            default -> {
                LogPlace place = new LogPlace(file, at);
                // Rows of two phases stand where they were prepared, in the columns of then, and count where they were
                // committed.
                LogPlace counts = transaction == null ? place : transaction.committed();
                if (counts == null || !range.has(counts)) {
                    from.skipFully(rest);
                    left = place.isBefore(range.end()) ? left : 0;
                    return;
                }
                passMarks(place);
                changes.event(counts, transaction == null ? micros : transaction.micros());
                // The rows of a transaction that was compressed, or of several statements, may have one place.
                next = place.equals(current) ? next : new RowPlace(place, -1);
                current = place;
                leftOfEvent = rest - present(from);
            }
        }
    }

    /** The prepared transaction to which a record at a byte of the spool belongs; null if it belongs to none. */
    private TableLog.@Nullable Parked parkedAt(long at) {
        while (nextParked != null && nextParked.isBehind(at)) {
            nextParked = parked.hasNext() ? parked.next() : null;
        }
        return nextParked != null && nextParked.has(at) ? nextParked : null;
    }

    /** Reads which columns the rows of an event have; all of them, or the server was told to leave some out. */
    private long present(WireInput from) throws IOException {
        long columns = from.lengthEncoded();
        int known = changes.columns().size();
        int images = kind == TableLog.UPDATE ? 2 : 1;
        int bytes = (known + 7) / 8;
        byte[] present = bytes(from, bytes * images);
        int set = 0;
        for (int column = 0; column < known * images; column++) {
            // Bits behind those of the last column are set by MySQL, and not by MariaDB.
            int bit = column % known;
            set += present[column / known * bytes + bit / 8] >> (bit % 8) & 1;
        }
        if (columns != known || set != known * images) {
            throw Stop.PARTIAL
                    .problem(
                            table.stream(),
                            "rows at " + next.event().text() + " have " + set / images + " columns of " + known)
                    .exception();
        }
        return (long) present.length + (known < 251 ? 1 : 3);
    }

    private static byte[] bytes(WireInput from, int length) throws IOException {
        byte[] bytes = new byte[length];
        from.readFully(bytes, 0, length);
        return bytes;
    }

    @Override
    public @Nullable String position() {
        return done.text();
    }

    /** The server counts nothing in its log. */
    @Override
    public long reportedRows() {
        return NOT_REPORTED;
    }

    @Override
    public void cancel() {
        cancelled = true;
        pump.breakOff(this);
        MySession session = asked;
        if (session != null) {
            session.cancel();
        }
    }

    @Override
    public void close() {
        MySession session = asked;
        if (session != null) {
            sessions.giveBack(session);
        }
        if (input != null) {
            try {
                input.close();
            } catch (IOException nothingToLose) {
                left = 0;
            }
        }
    }
}
