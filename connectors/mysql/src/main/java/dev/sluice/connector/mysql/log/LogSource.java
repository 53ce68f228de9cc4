package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.cursor.PositionProblems;
import dev.sluice.cdk.log.LogProblems;
import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.mysql.session.MyConnections;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.session.ServerFacts;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The log of a server, for all streams of a connection. Thread-safe. */
public final class LogSource implements AutoCloseable {
    private static final String SPLIT = "log";

    private final LogSettings settings;
    private final MyConnections connections;
    private final SessionPool<MySession> sessions;
    private final LogPump pump;
    private final LogReader.Shared shared;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> madeAt = new ConcurrentHashMap<>();
    private LogServer.@Nullable End end;

    /** Prepares; asks the server nothing yet. */
    public LogSource(
            LogSettings settings,
            MyConnections connections,
            SessionPool<MySession> sessions,
            ConnectorContext context) {
        this.settings = settings;
        this.connections = connections;
        this.sessions = sessions;
        this.pump = new LogPump(connections);
        this.shared = new LogReader.Shared(pump, new Charsets(), sessions, context);
    }

    /** The tables are about to be looked at: reads that are planned afterwards go on to a place behind this one. */
    public void forgetEnd() {
        lock.lock();
        try {
            end = null;
            madeAt.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Prepares the log of a table whose first copy follows. */
    public LogStart begin(LogTable table) {
        return sessions.with(session -> {
            LogServer server = LogServer.of(session);
            server.require(session.place());
            LogServer.End.of(session).require(table);
            requireTold(session, table);
            return new LogStart(settings, table, server, new OpenXa(connections), this::made);
        });
    }

    private long made(String file) {
        return madeAt.computeIfAbsent(file, each -> LogServer.made(connections, each));
    }

    /** Plans the read of what came after a position. */
    public ReadPlan plan(LogTable table, Position from) {
        return sessions.with(session -> {
            LogPosition position = checked(session, table, from);
            LogPlace until = end(session, table, position.place());
            // The columns were looked at before the end was set and are now, so they were these at the end.
            requireShape(session, table);
            LogRange range = new LogRange(position.since(), position.place(), until, position.shape(), table.shape());
            String number = ServerFacts.table(session, table.database(), table.name());
            if (!number.equals(position.table())) {
                requireSameTable(table, range, position.table() + " and is " + number);
            }
            LogPlace since = openSince(session, table, range);
            Position to = new LogPosition(until, since, made(until.file()), number, table.shape()).in(from.identity());
            return new ReadPlan(range.json(), List.of(new Split(SPLIT, range.json(), Estimate.NONE)), to);
        });
    }

    /**
     * Where the next read has to begin, so that it knows what transactions changed that are prepared at the end of this one and
     * not committed. Where nobody uses such transactions the log need not be read for it.
     */
    private LogPlace openSince(MySession session, LogTable table, LogRange range) {
        if (range.since().equals(range.from()) && !OpenXa.maybe(session)) {
            return range.end();
        }
        return pump.reading(table.stream(), range.since(), range.end(), this, shared.context()::cancelled)
                .openSince(range.end());
    }

    /** True if a plan is one of the log; else it is one of a first copy. */
    public static boolean isOfLog(ReadPlan plan) {
        return plan.splits().size() == 1 && plan.splits().getFirst().id().equals(SPLIT);
    }

    /**
     * Makes sure that the log goes on from a position, at which an interrupted read began or will end.
     *
     * @throws dev.sluice.spi.problem.ProblemException if it does not
     */
    public void require(LogTable table, Position position) {
        sessions.with(session -> checked(session, table, position));
    }

    private LogPosition checked(MySession session, LogTable table, Position from) {
        StreamId stream = table.stream();
        LogServer server = LogServer.of(session);
        server.requireIdentity(stream, table, from);
        LogPosition position = LogPosition.parse(stream, from);
        server.require(session.place());
        requireTold(session, table);
        Map<String, Long> files = LogServer.files(session);
        pump.knows(files, server.foldsCase());
        LogPlace place = position.place();
        Long size = files.get(place.file());
        if (size == null) {
            throw LogProblems.gap(stream, "the server has deleted " + place.file() + ", or its log was begun anew")
                    .exception();
        }
        if (size < place.at()) {
            throw LogProblems.gap(stream, "the file " + place.file() + " ends at " + size + ", before " + place.at())
                    .exception();
        }
        if (made(place.file()) != position.made()) {
            throw LogProblems.gap(
                            stream, "the file " + place.file() + " is another one than before: the log was begun anew")
                    .exception();
        }
        if (!files.containsKey(position.since().file())) {
            throw LogProblems.gap(
                            stream,
                            "the server has deleted " + position.since().file()
                                    + ", where an XA transaction was prepared that was still open at the last run")
                    .exception();
        }
        pump.stands(stream, position.since());
        return position;
    }

    /** The table has another number: the log has to say why, and that it is not another table. */
    private void requireSameTable(LogTable table, LogRange range, String numbers) {
        LogReading reading =
                pump.reading(table.stream(), range.since(), range.end(), this, shared.context()::cancelled);
        boolean explained = false;
        for (Mark mark : reading.get(table.stream()).marks()) {
            if (range.has(mark.place())) {
                if (mark.stop() != null) {
                    throw mark.stop()
                            .problem(
                                    table.stream(),
                                    mark.what() + " at " + mark.place().text())
                            .exception();
                }
                explained = true;
            }
        }
        if (!explained) {
            throw Problem.of(
                            "E_OTHER_IDENTITY",
                            ProblemKind.INTEGRITY,
                            "the saved position belongs to another server or table")
                    .at(table.stream().toString())
                    .because("the table was number " + numbers + ", and the log does not tell why")
                    .fix(LogProblems.rewind(table.stream()))
                    .exception();
        }
    }

    /** Makes sure that a table has still the columns that it was discovered with. */
    static void requireShape(MySession session, LogTable table) {
        if (!LogShape.of(session, table.database(), table.name()).equals(table.shape())) {
            throw LogProblems.changed(
                            table.stream(),
                            "the columns of the table were changed while it was looked at",
                            "run it again")
                    .exception();
        }
    }

    /** A foreign key may change rows of the table without a word in the log. */
    private static void requireTold(MySession session, LogTable table) {
        String made =
                session.query("SHOW CREATE TABLE " + table.quoted()).getFirst().requireText(1);
        for (String line : made.split("\n", -1)) {
            String stripped = line.strip();
            if (stripped.startsWith("CONSTRAINT ")
                    && stripped.matches(".* ON (DELETE|UPDATE) (CASCADE|SET NULL|SET DEFAULT)\\b.*")) {
                throw Problem.of(
                                "E_LOG_UNTOLD",
                                ProblemKind.CONFIG,
                                "a foreign key changes rows of the table, and the log does not tell of that")
                        .at(table.stream().toString())
                        .because(stripped.endsWith(",") ? stripped.substring(0, stripped.length() - 1) : stripped)
                        .fix("copy the stream by full_refresh_overwrite, or let the foreign key refuse (RESTRICT)")
                        .exception();
            }
        }
    }

    /**
     * Where the reads of this run end: the same place for all streams, so that the log is read once. It is set before the
     * first of them; the log ends between transactions there, behind what is committed by then.
     */
    private LogPlace end(MySession session, LogTable table, LogPlace from) {
        lock.lock();
        try {
            LogServer.End found = end;
            if (found == null || !from.isBefore(found.place())) {
                found = LogServer.End.of(session);
                end = found;
            }
            found.require(table);
            if (found.place().isBefore(from)) {
                throw LogProblems.gap(
                                table.stream(),
                                "the log ends at " + found.place().text() + ", before " + from.text())
                        .exception();
            }
            return found.place();
        } finally {
            lock.unlock();
        }
    }

    /** Opens the one split of a plan of the log. */
    public SplitReader open(LogTable table, StreamRead read, Split split, @Nullable String after, ReadContext context) {
        try {
            return new LogReader(table, read, LogRange.parse(split.payload()), after, shared, context);
        } catch (IllegalArgumentException malformed) {
            throw PositionProblems.malformed(table.stream(), malformed);
        }
    }

    /** Hears where the streams of the connection stand. */
    public void standing(Map<StreamId, Position> positions) {
        positions.forEach((stream, position) -> {
            if (position.identity().startsWith(LogPosition.PREFIX)) {
                pump.stands(stream, LogPosition.parse(stream, position).since());
            }
        });
    }

    @Override
    public void close() {
        pump.close();
    }
}
