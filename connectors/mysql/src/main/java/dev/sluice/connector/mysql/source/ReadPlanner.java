package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.cursor.PositionProblems;
import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.mysql.log.LogSource;
import dev.sluice.connector.mysql.log.LogStart;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.session.Quoting;
import dev.sluice.connector.mysql.session.ServerFacts;
import dev.sluice.connector.mysql.source.Relation.Column;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.ChangeFields;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.StreamRead;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans one read: its splits, the sessions that see its moment, and where it ends.
 *
 * <p>An interrupted read goes on in a new snapshot under these conditions. A full refresh has to show one moment: it goes
 * on if nothing of it was delivered, or if the server says that the table was not changed since. An incremental read goes
 * on whenever the table is the same one: rows that came later in the window of its end position are left to the next
 * read, see {@link Selection#keepOnly}.
 */
final class ReadPlanner {
    private final SessionPool<MySession> sessions;
    private final Relation relation;
    private final StreamRead read;
    private final SourceSettings settings;
    private final ConnectorContext context;
    private final @Nullable LogSource log;

    /**
     * Prepares.
     *
     * @param log where the stream goes on after this read; null if the read has nothing to do with a log
     */
    ReadPlanner(
            SessionPool<MySession> sessions,
            Relation relation,
            StreamRead read,
            SourceSettings settings,
            ConnectorContext context,
            @Nullable LogSource log) {
        this.log = log;
        this.sessions = sessions;
        this.relation = relation;
        this.read = read;
        this.settings = settings;
        this.context = context;
    }

    PlanResult plan(ReadStart start) {
        return switch (start) {
            case ReadStart.Beginning ignored -> fromBeginning();
            case ReadStart.After(Position position) -> increment(position);
            case ReadStart.Resume resume -> resume(resume);
        };
    }

    private PlanResult fromBeginning() {
        List<Split> splits =
                sessions.with(session -> new RangePlanner(session, relation, settings.splitBytes()).splits());
        return open(splits, null);
    }

    private PlanResult increment(Position from) {
        if (read.mode() != SyncMode.INCREMENTAL) {
            throw cursorMissing();
        }
        requireIdentity(from);
        Split split = new Split("increment", KeyRange.WHOLE.json(), Estimate.NONE);
        return open(List.of(split), parsed(from));
    }

    /** What is asked before the snapshot is taken. */
    private record Before(String identity, @Nullable String change, String position) {}

    private Before before(MySession session) {
        return new Before(identity(session), lastChange(session), positionIdentity(session));
    }

    /** The text that stays the same as long as the table does; null if nobody can tell. */
    private @Nullable String lastChange(MySession session) {
        return relation.kind() == Relation.Kind.SNAPSHOT_TABLE
                ? ServerFacts.lastChange(session, relation.database(), relation.name())
                        .orElse(null)
                : null;
    }

    /** The first copy shows the moment at which the log goes on. */
    private PlanResult openFirstCopy(LogSource opened, List<Split> splits) {
        LogStart begun = opened.begin(relation.requireLogged());
        Before before = sessions.with(this::before);
        SnapshotGroup group = group(splits.size(), begun);
        boolean planned = false;
        try {
            Position end = sessions.with(begun::position);
            String place = Quoting.literal(begun.file());
            PlanToken token = new PlanToken(
                    group.name(), before.identity(), before.change(), null, false, stamps(place, begun.at()));
            ReadPlan plan = new ReadPlan(token.json(), splits, end);
            planned = true;
            return new PlanResult.Planned(new SnapshotRead(plan, group));
        } finally {
            if (!planned) {
                group.close();
            }
        }
    }

    /** What the fields that the log adds hold in rows which are read from the table itself. */
    private Map<String, String> stamps(String file, long at) {
        if (relation.logged() == null) {
            return Map.of();
        }
        String now = sessions.with(session -> session.query("SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)"))
                .getFirst()
                .requireText(0);
        Map<String, String> stamps = new LinkedHashMap<>();
        stamps.put(ChangeFields.LOG_FILE, file);
        stamps.put(ChangeFields.LOG_PLACE, Long.toString(at));
        stamps.put(ChangeFields.UPDATED_AT, Quoting.literal(now));
        stamps.put(ChangeFields.DELETED_AT, "NULL");
        relation.columns().forEach(column -> stamps.remove(column.name()));
        return stamps;
    }

    private PlanResult open(List<Split> splits, @Nullable CursorPosition after) {
        if (log != null) {
            return openFirstCopy(log, splits);
        }
        Before before = sessions.with(this::before);
        boolean incremental = read.mode() == SyncMode.INCREMENTAL;
        OpenTransactions writing = incremental ? sessions.with(OpenTransactions::now) : OpenTransactions.UNKNOWN;
        SnapshotGroup group = group(splits.size(), null);
        boolean planned = false;
        try {
            Position end = incremental ? end(group, before.position(), writing, after) : null;
            PlanToken token =
                    new PlanToken(group.name(), before.identity(), before.change(), after, false, stamps("''", 0));
            ReadPlan plan = new ReadPlan(token.json(), splits, end);
            planned = true;
            return new PlanResult.Planned(new SnapshotRead(plan, group));
        } finally {
            if (!planned) {
                group.close();
            }
        }
    }

    private SnapshotGroup group(int splits, @Nullable LogStart begun) {
        return SnapshotGroup.open(sessions, relation, Math.min(splits, settings.readers()), context, begun);
    }

    private Position end(SnapshotGroup group, String source, OpenTransactions writing, @Nullable CursorPosition after) {
        Column cursor = cursor(relation, requiredCursor());
        MySession session = group.take();
        try {
            CursorWindow window = new CursorWindow(session, relation, read, cursor, settings, context);
            return new Position(source, window.end(after, writing).json());
        } finally {
            group.giveBack(session);
        }
    }

    private PlanResult resume(ReadStart.Resume resume) {
        PlanToken token = PlanToken.parse(resume.plan().token());
        Before now = sessions.with(this::before);
        if (!token.identity().equals(now.identity())) {
            return new PlanResult.CannotResume("the table or its server is another one than before");
        }
        List<Split> splits = resume.plan().splits();
        long done = splits.stream().filter(split -> isFinished(split, resume)).count();
        if (read.mode() == SyncMode.FULL_REFRESH
                && done > 0
                && done < splits.size()
                && (token.change() == null || !token.change().equals(now.change()))) {
            return new PlanResult.CannotResume(
                    "the server cannot tell that the table was not changed since, so old and new parts might not fit"
                            + " together");
        }
        // I3: the end of the read stays where it was; what came since is left to the next one.
        SnapshotGroup group = group(splits.size() - (int) done, null);
        boolean anew = done == 0 && read.mode() == SyncMode.FULL_REFRESH;
        PlanToken resumed = anew
                ? new PlanToken(group.name(), now.identity(), now.change(), token.after(), false, token.stamps())
                : token.in(group.name());
        ReadPlan plan = new ReadPlan(resumed.json(), splits, resume.plan().end());
        return new PlanResult.Planned(new SnapshotRead(plan, group));
    }

    private static boolean isFinished(Split split, ReadStart.Resume resume) {
        Map<String, SplitProgress> progress = resume.progress();
        SplitProgress of = progress.get(split.id());
        return of != null && of.finished();
    }

    private String identity(MySession session) {
        return "mysql:" + ServerFacts.server(session) + "/" + relation.stream() + "/"
                + ServerFacts.table(session, relation.database(), relation.name());
    }

    private String positionIdentity(MySession session) {
        String table = settings.tablesAreRebuilt()
                ? ""
                : "/" + ServerFacts.table(session, relation.database(), relation.name());
        return "mysql:" + ServerFacts.server(session) + "/" + relation.stream() + table + ", cursor "
                + (read.cursor() == null ? "" : read.cursor().column());
    }

    private String requiredCursor() {
        if (read.cursor() == null) {
            throw cursorMissing();
        }
        return read.cursor().column();
    }

    private ProblemException cursorMissing() {
        return Problem.of("E_CURSOR_MISSING", ProblemKind.CONFIG, "an incremental read needs a cursor")
                .at(relation.stream().toString())
                .exception();
    }

    /** The column of a cursor. */
    static Column cursor(Relation relation, String name) {
        return relation.find(name)
                .filter(CursorWindow::canBeCursor)
                .orElseThrow(() -> Problem.of(
                                "E_CURSOR_TYPE",
                                ProblemKind.CONFIG,
                                relation.find(name).isEmpty()
                                        ? "there is no column " + name
                                        : "the column " + name + " cannot be a cursor")
                        .at(relation.stream() + "." + name)
                        .because("a cursor is a number, a text, bytes, a UUID, a date or a timestamp")
                        .fix("choose another cursor")
                        .exception());
    }

    private CursorPosition parsed(Position position) {
        try {
            CursorPosition parsed = CursorPosition.parse(position.value());
            parsed.window(cursor(relation, parsed.cursor())); // its texts go into statements
            return parsed;
        } catch (IllegalArgumentException malformed) {
            throw PositionProblems.malformed(relation.stream(), malformed);
        }
    }

    /** I4: cursor values mean something only in the server and table that they came from. */
    private void requireIdentity(Position position) {
        PositionProblems.requireIdentity(
                relation.stream(),
                position,
                sessions.with(this::positionIdentity),
                "after a fail-over, a restore, or DROP and CREATE positions cannot be compared",
                "; or set rebuilt_tables if only an ALTER rebuilt the table");
    }
}
