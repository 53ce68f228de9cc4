package dev.sluice.connector.postgres.log;

import dev.sluice.cdk.log.LogProblems;
import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.postgres.session.PgConnections;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The log of a database, for all streams of a connection. Thread-safe. */
public final class LogSource implements AutoCloseable {
    private static final String SPLIT = "log";
    private static final long NOT_SET = -1;

    private final LogSettings settings;
    private final SessionPool<PgSession> sessions;
    private final LogSetup setup;
    private final LogPump pump;
    private final LogRelease release;
    private final LogReader.Shared shared;
    private final ReentrantLock lock = new ReentrantLock();
    private long end = NOT_SET;

    /** Prepares; asks the server nothing yet. */
    public LogSource(
            LogSettings settings,
            PgConnections connections,
            SessionPool<PgSession> sessions,
            ConnectorContext context) {
        this.settings = settings;
        this.sessions = sessions;
        this.setup = new LogSetup(settings, connections, context);
        this.pump = new LogPump(settings, connections);
        this.release = new LogRelease(settings, sessions, pump, context);
        this.shared = new LogReader.Shared(pump, sessions, context);
    }

    /** The tables are about to be looked at: reads that are planned afterwards go on to a place behind this one. */
    public void forgetEnd() {
        lock.lock();
        try {
            end = NOT_SET;
        } finally {
            lock.unlock();
        }
    }

    /** Begins the log of a table whose first copy follows; the caller closes the answer. */
    public LogStart begin(LogTable table, StreamRead read) {
        LogStart start = sessions.with(session -> setup.begin(session, table, read));
        release.needs(
                table.stream(),
                LogPosition.parse(table.stream(), start.position()).lsn());
        return start;
    }

    /** Plans the read of what came after a position. */
    public ReadPlan plan(LogTable table, StreamRead read, Position from) {
        LogPosition position = sessions.with(session -> checked(session, table, read, from));
        LogRange range = new LogRange(position.lsn(), end(position.lsn()));
        Split split = new Split(SPLIT, range.json(), Estimate.NONE);
        Position to = new LogPosition(range.end(), position.member()).in(from.identity());
        return new ReadPlan(range.json(), List.of(split), to);
    }

    /** True if a plan is one of the log; else it is one of a first copy. */
    public static boolean isOfLog(ReadPlan plan) {
        return plan.splits().size() == 1 && plan.splits().getFirst().id().equals(SPLIT);
    }

    /**
     * Makes sure that the log goes on from a position, at which an interrupted read began or will end.
     *
     * @throws ProblemException if it does not
     */
    public void require(LogTable table, StreamRead read, Position position) {
        sessions.with(session -> checked(session, table, read, position));
    }

    private LogPosition checked(PgSession session, LogTable table, StreamRead read, Position from) {
        StreamId stream = table.stream();
        LogServer server = LogServer.of(session);
        server.requireIdentity(stream, table, from);
        LogPosition position = LogPosition.parse(stream, from);
        server.require(session.place());
        throwIfAny(ReplicaIdentity.of(session, table).problem(table, read));
        Membership membership = Membership.of(session, settings.publication(), table);
        throwIfAny(membership.problem(settings.publication(), table));
        if (!position.member().equals(membership.member())) {
            throw LogProblems.gap(
                            stream,
                            "the table was taken out of the publication " + settings.publication()
                                    + " and put in again")
                    .exception();
        }
        Optional<LogServer.Slot> slot = LogServer.Slot.find(session, settings.slot());
        if (slot.isEmpty()) {
            throw LogProblems.gap(stream, "the replication slot " + settings.slot() + " is gone")
                    .exception();
        }
        setup.requireUsable(slot.get());
        if (Long.compareUnsigned(slot.get().confirmed(), position.lsn()) > 0) {
            throw LogProblems.gap(
                            stream,
                            "the replication slot " + settings.slot() + " begins at "
                                    + Lsn.text(slot.get().confirmed()) + ", behind " + Lsn.text(position.lsn())
                                    + ": it was made anew, or somebody else read it")
                    .exception();
        }
        release.needs(stream, position.lsn());
        return position;
    }

    private static void throwIfAny(Optional<Problem> problem) {
        if (problem.isPresent()) {
            throw problem.get().exception();
        }
    }

    /**
     * Where the reads of this run end: the same place for all streams, so that the log is read once. It is set before the
     * first of them, behind what is committed by then.
     */
    private long end(long from) {
        lock.lock();
        try {
            if (end == NOT_SET || Long.compareUnsigned(from, end) >= 0) {
                end = sessions.with(LogSource::mark);
            }
            return end;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Writes a mark into the log, so that there is a transaction at the end which the plugin sends, and the server writes
     * everything before it to its disk.
     */
    private static long mark(PgSession session) {
        session.query("SELECT set_config('synchronous_commit', 'local', false)");
        return session.query("SELECT (pg_logical_emit_message(true, 'sluice', 'end') - '0/0'::pg_lsn)::int8")
                .getFirst()
                .whole(0);
    }

    /** The place of a position in the log, as the server writes it. */
    public static String lsn(StreamId stream, Position position) {
        return Lsn.text(LogPosition.parse(stream, position).lsn());
    }

    /** Opens the one split of a plan of the log. */
    public SplitReader open(LogTable table, StreamRead read, Split split, @Nullable String after, ReadContext context) {
        return new LogReader(table, read, LogRange.parse(split.payload()), after, shared, context);
    }

    /** Hears where the streams of the connection stand. */
    public void standing(Map<StreamId, Position> positions) {
        positions.forEach((stream, position) -> {
            if (position.identity().startsWith(LogPosition.PREFIX)) {
                release.needs(stream, LogPosition.parse(stream, position).lsn());
            }
        });
    }

    /** Hears that a stream is committed up to a position. */
    public void committed(StreamId stream, Position position) {
        if (Objects.requireNonNull(position).identity().startsWith(LogPosition.PREFIX)) {
            release.committed(stream, LogPosition.parse(stream, position).lsn());
        }
    }

    @Override
    public void close() {
        pump.close();
    }
}
