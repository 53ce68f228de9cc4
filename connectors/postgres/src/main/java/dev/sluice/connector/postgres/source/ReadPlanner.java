package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.cursor.PositionProblems;
import dev.sluice.cdk.sql.SqlRow;
import dev.sluice.connector.postgres.log.LogSource;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.ChangeFields;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.StreamRead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans one read in the snapshot that the session's transaction has just taken.
 *
 * <p>An interrupted read can be resumed in a new snapshot under these conditions. A full refresh has to show one moment:
 * it goes on only if the splits that are done hold exactly the rows that were delivered, which the server proves by
 * counting them and by finding no row of a newer transaction among them. A first incremental read goes on whenever the
 * heap files are the same: rows that changed in between belong to the next read, by their transaction ids. An increment
 * is one split, so it is either done or has not begun; what changes until it is read belongs to the next one.
 */
final class ReadPlanner {
    private final PgSession session;
    private final Relation relation;
    private final StreamRead read;
    private final SourceSettings settings;
    private final ConnectorContext context;
    private final Snapshot snapshot;
    private final String identity;
    private final @Nullable Position inLog;

    /**
     * Plans in the session's transaction.
     *
     * @param inLog where the log goes on after this read; null if the read has nothing to do with the log
     */
    ReadPlanner(
            PgSession session,
            Relation relation,
            StreamRead read,
            SourceSettings settings,
            ConnectorContext context,
            @Nullable Position inLog) {
        this.session = session;
        this.relation = relation;
        this.read = read;
        this.settings = settings;
        this.context = context;
        this.snapshot = Snapshot.current(session);
        this.identity = ServerIdentity.of(session, relation);
        this.inLog = inLog;
    }

    /** What came of planning. */
    sealed interface Outcome {}

    /** The plan. */
    record Ready(ReadPlan plan) implements Outcome {}

    /** The interrupted read has to be done anew. */
    record CannotResume(String why) implements Outcome {}

    Outcome plan(ReadStart start) {
        return switch (start) {
            case ReadStart.Beginning ignored -> wholeRelation();
            case ReadStart.After(Position position) -> increment(position);
            case ReadStart.Resume resume -> resume(resume);
        };
    }

    private Outcome wholeRelation() {
        HeapTables heap = HeapTables.of(session, relation);
        boolean incremental = read.mode() == SyncMode.INCREMENTAL;
        List<String> conditions = List.of();
        Position end = null;
        if (inLog != null) {
            end = inLog;
        } else if (incremental && relation.isHeap()) {
            // In append mode rows of open transactions' neighbours wait for the next read, so that none comes twice.
            boolean holdBack = !read.deduplicated() && snapshot.hasOpenTransactions();
            conditions = new RowWindow(null, holdBack ? snapshot.horizon() : null, null, null, null).conditions("t");
            end = new Position(
                    identity,
                    XidBoundary.end(session, relation, cursor(), snapshot, null, settings)
                            .json());
        } else if (incremental) {
            ViewBoundary bound = ViewBoundary.end(session, relation, cursor(), read.deduplicated(), context);
            conditions = ViewBoundary.conditions(null, bound, cursor(), cursorType(), read.deduplicated());
            end = new Position(identity, bound.json());
        }
        return ready(heap.splits(relation, settings.splitBytes()), heap.files(), conditions, end);
    }

    private Outcome increment(Position from) {
        requireIdentity(from);
        List<String> conditions;
        Position end;
        if (relation.isHeap()) {
            XidBoundary before = parsed(from, XidBoundary::parse);
            XidBoundary after = XidBoundary.end(session, relation, cursor(), snapshot, before, settings);
            conditions = before.window(snapshot, cursor(), cursorType(), read.deduplicated())
                    .conditions("t");
            end = new Position(identity, after.json());
        } else {
            ViewBoundary before = parsed(from, ViewBoundary::parse);
            ViewBoundary after = ViewBoundary.end(session, relation, cursor(), read.deduplicated(), context);
            conditions = ViewBoundary.conditions(before, after, cursor(), cursorType(), read.deduplicated());
            end = new Position(identity, after.json());
        }
        CtidRange whole = CtidRange.whole(relation.schema(), relation.name());
        Split split = new Split("all", whole.json(), dev.sluice.spi.catalog.Estimate.NONE);
        return ready(List.of(split), Map.of(), conditions, end);
    }

    private <T> T parsed(Position position, Function<String, T> parser) {
        try {
            return parser.apply(position.value());
        } catch (IllegalArgumentException malformed) {
            throw PositionProblems.malformed(relation.stream(), malformed);
        }
    }

    private Outcome ready(
            List<Split> splits, Map<String, Object> files, List<String> conditions, @Nullable Position end) {
        PlanToken token = new PlanToken(export(), snapshot.horizon(), identity, files, conditions, stamps());
        return new Ready(new ReadPlan(token.json(), splits, end));
    }

    /** What the fields that the log adds hold in rows which are read from the table itself. */
    private Map<String, String> stamps() {
        if (!relation.isLogged()) {
            return Map.of();
        }
        String lsn = inLog == null
                ? session.query("SELECT pg_current_wal_lsn()::text").getFirst().requireText(0)
                : LogSource.lsn(relation.stream(), inLog);
        String at =
                session.query("SELECT transaction_timestamp()::text").getFirst().requireText(0);
        Map<String, String> stamps = new LinkedHashMap<>();
        stamps.put(ChangeFields.POSITION, "(" + Quoting.literal(lsn) + "::pg_lsn - '0/0')::int8");
        stamps.put(ChangeFields.UPDATED_AT, Quoting.literal(at) + "::timestamptz");
        stamps.put(ChangeFields.DELETED_AT, "NULL::timestamptz");
        relation.columns().forEach(column -> stamps.remove(column.name()));
        return stamps;
    }

    private Outcome resume(ReadStart.Resume resume) {
        PlanToken token = PlanToken.parse(resume.plan().token());
        if (!token.identity().equals(identity)) {
            return new CannotResume("the table or its server is another one than before");
        }
        List<Split> done = new ArrayList<>();
        for (Split split : resume.plan().splits()) {
            SplitProgress progress = resume.progress().get(split.id());
            if (progress != null && progress.finished()) {
                done.add(split);
            }
        }
        if (!done.isEmpty() && done.size() < resume.plan().splits().size()) {
            if (!HeapTables.of(session, relation).files().equals(token.files())) {
                return new CannotResume("the table was rewritten, so its pages hold other rows");
            }
            if (read.mode() == SyncMode.FULL_REFRESH && !resume.complete()) {
                return new CannotResume(
                        "rows were rejected or filtered, so what came of the finished parts cannot be held"
                                + " against the table");
            }
            if (read.mode() == SyncMode.FULL_REFRESH && !isUnchanged(done, resume, token.horizon())) {
                return new CannotResume("the table was changed since, so old and new parts would not fit together");
            }
        } else if (done.isEmpty() && read.mode() == SyncMode.INCREMENTAL && !relation.isHeap()) {
            return new CannotResume("rows of a view that came since cannot be told from those that were there");
        }
        // The proof of a later attempt has to go back to the first moment from which rows were delivered; the end of an
        // incremental read stays where it was set.
        boolean anew = done.isEmpty() && read.mode() == SyncMode.FULL_REFRESH;
        long horizon = anew ? snapshot.horizon() : token.horizon();
        PlanToken resumed = token.resumed(export(), horizon, resumedConditions(token));
        return new Ready(new ReadPlan(
                resumed.json(), resume.plan().splits(), resume.plan().end()));
    }

    /** What changed after the first attempt's snapshot is left to the next incremental read. */
    private List<String> resumedConditions(PlanToken token) {
        boolean firstCopy =
                read.mode() == SyncMode.INCREMENTAL && !token.files().isEmpty();
        boolean leaveLater = firstCopy && !read.deduplicated();
        return leaveLater ? new RowWindow(null, token.horizon(), null, null, null).conditions("t") : token.conditions();
    }

    /** The server's proof that finished splits still hold exactly what was delivered from them. */
    private boolean isUnchanged(List<Split> done, ReadStart.Resume resume, long horizon) {
        String newer = String.join(" AND ", new RowWindow(horizon, null, null, null, null).conditions("t"));
        for (Split split : done) {
            CtidRange range = CtidRange.parse(split.payload());
            String where = range.conditions().isEmpty() ? "" : " WHERE " + String.join(" AND ", range.conditions());
            SqlRow row = session.query(
                            "SELECT count(*), count(*) FILTER (WHERE " + newer + ") FROM " + range.from() + where)
                    .getFirst();
            SplitProgress progress = resume.progress().get(split.id());
            if (progress == null || row.whole(0) != progress.rows() || row.whole(1) != 0) {
                return false;
            }
        }
        return true;
    }

    private String export() {
        return session.query("SELECT pg_export_snapshot()").getFirst().requireText(0);
    }

    private String cursor() {
        if (read.cursor() == null) {
            throw Problem.of("E_CURSOR_MISSING", ProblemKind.CONFIG, "an incremental read needs a cursor")
                    .at(relation.stream().toString())
                    .exception();
        }
        return read.cursor().column();
    }

    private String cursorType() {
        return relation.column(cursor()).typeName();
    }

    /** I4: transaction ids and cursor values mean something only in the server and table that they came from. */
    private void requireIdentity(Position position) {
        PositionProblems.requireIdentity(
                relation.stream(),
                position,
                identity,
                "after a restore, a promotion, or DROP and CREATE positions cannot be compared",
                "");
    }
}
