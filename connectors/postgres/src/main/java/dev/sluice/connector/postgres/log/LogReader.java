package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.log.LogProblems;
import dev.sluice.cdk.log.Spool;
import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.postgres.copy.LogRows;
import dev.sluice.connector.postgres.copy.PgWire;
import dev.sluice.connector.postgres.copy.WireInput;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the part of the log that tells of one table, between two places. */
final class LogReader implements SplitReader {
    private static final int BUFFER_BYTES = 256 << 10;

    private final LogTable table;
    private final LogRange range;
    private final LogPump pump;
    private final SessionPool<PgSession> sessions;
    private final ReadContext context;
    private final LogRows rows;
    private final LogChanges changes;

    private @Nullable InputStream input;
    private @Nullable WireInput in;
    private long left;
    private LogPlace place;
    private volatile @Nullable PgSession casting;
    private volatile boolean cancelled;

    /** What all readers of a source share. */
    record Shared(LogPump pump, SessionPool<PgSession> sessions, ConnectorContext context) {}

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
        this.place = after == null ? new LogPlace(range.from(), -1) : LogPlace.parse(after);
        this.rows = new LogRows(
                read.schema().fields().stream()
                        .map(field -> table.read(field.name()))
                        .toList(),
                context,
                shared.context().clock(),
                this::server);
        this.changes = new LogChanges(table, read, rows, shared);
    }

    /** The connection that values are cast by. */
    private PgWire server() {
        PgSession session = casting;
        if (session == null) {
            session = sessions.take();
            casting = session;
        }
        return session.wire();
    }

    @Override
    public @Nullable RecordBatch read() {
        try {
            if (in == null) {
                open();
            }
            WireInput open = in;
            while (open != null && left > 0 && !rows.isFull()) {
                step(open);
            }
            return rows.isEmpty() ? null : rows.build();
        } catch (IOException failure) {
            PgSession session = casting;
            throw session == null ? LogProblems.unspooled(failure) : session.failed(failure);
        }
    }

    private void open() throws IOException {
        Optional<Spool> spool = pump.reading(range.end(), this, () -> cancelled).find(table.oid());
        left = spool.map(Spool::size).orElse(0L);
        input = spool.isPresent() ? spool.get().open() : InputStream.nullInputStream();
        in = new WireInput(input, BUFFER_BYTES);
    }

    /** Reads a message. */
    private void step(WireInput from) throws IOException {
        int length = from.readInt();
        left -= length + 4L;
        boolean inBuffer = length < from.capacity();
        if (inBuffer) {
            from.require(length);
        }
        byte type = (byte) from.readByte();
        if (type == LogMessage.BEGIN) {
            changes.begin(from.readLong(), from.readLong());
            from.skipFully(length - 17L);
            if (changes.committedAt() >= range.end()) {
                left = 0;
            }
            return;
        }
        from.skipFully(4); // the table
        if (type == LogMessage.RELATION) {
            changes.shape(LogShape.read(from));
            return;
        }
        LogPlace here = changes.next();
        if (here.isAfter(place)) {
            changes.read(type, from, inBuffer, context);
            place = here;
        } else {
            from.skipFully(length - 5L);
        }
    }

    @Override
    public @Nullable String position() {
        return place.text();
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
        PgSession session = casting;
        if (session != null) {
            session.cancel();
        }
    }

    @Override
    public void close() {
        PgSession session = casting;
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
