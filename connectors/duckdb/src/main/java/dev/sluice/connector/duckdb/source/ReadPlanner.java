package dev.sluice.connector.duckdb.source;

import dev.sluice.cdk.cursor.CursorPosition;
import dev.sluice.cdk.sql.Condition;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbSql;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.StreamRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans one read in a snapshot.
 *
 * <p>A table is divided by row ids, DuckDB's places of rows, into ranges of whole row groups. Row ids are good for one
 * state of the file only: a checkpoint after deletions moves rows together. An interrupted read is therefore resumed only
 * if the file is the same as it was, by the stamp in its header (see {@link dev.sluice.duckdb.DatabaseStamp}), and was
 * open for reading only both times; then it stands where it stood, row by row, and every split that is left fits to those
 * that were read. In all other cases the answer is that it cannot be resumed. A view can hold random numbers, the time of
 * day or other files, so that a read of one is never resumed, unless nothing of it is left.
 */
final class ReadPlanner {
    /** The rows of a row group of DuckDB's storage. */
    private static final long ROW_GROUP = 122_880;

    private static final long LEAST_GROUPS = 2;
    private static final long MOST_SPLITS = 48;

    private final Snapshot snapshot;
    private final Relation relation;
    private final StreamRead read;
    private final SourceSettings settings;
    private final ConnectorContext context;

    ReadPlanner(
            Snapshot snapshot, Relation relation, StreamRead read, SourceSettings settings, ConnectorContext context) {
        this.snapshot = snapshot;
        this.relation = relation;
        this.read = read;
        this.settings = settings;
        this.context = context;
    }

    /** What came of planning: a plan, or why an interrupted read cannot go on. */
    sealed interface Outcome {}

    /** The plan. */
    record Ready(ReadPlan plan) implements Outcome {}

    /** The interrupted read has to be done anew. */
    record CannotResume(String why) implements Outcome {}

    Outcome plan(ReadStart start) {
        return switch (start) {
            case ReadStart.Beginning ignored -> new Ready(fromTheBeginning());
            case ReadStart.After(Position position) -> new Ready(increment(position));
            case ReadStart.Resume resume -> resume(resume);
        };
    }

    private ReadPlan fromTheBeginning() {
        DuckDbConnection connection = snapshot.borrow();
        try {
            boolean incremental = read.mode() == SyncMode.INCREMENTAL;
            Position end = incremental ? end(connection, cursor(connection), null) : null;
            PlanToken token = PlanToken.of(snapshot.database(), null);
            return new ReadPlan(token.json(), splits(connection, Part.Rows.ALL, Condition.ALWAYS), end);
        } finally {
            snapshot.giveBack(connection);
        }
    }

    private ReadPlan increment(Position from) {
        requireIdentity(from);
        CursorPosition after = position(from);
        DuckDbConnection connection = snapshot.borrow();
        try {
            CursorColumn cursor = cursor(connection);
            Position end = end(connection, cursor, after);
            List<Split> splits = new ArrayList<>();
            if (after.remembered().size() > 0) {
                long rows =
                        count(connection, new Part(Part.Rows.REMEMBERED, null, null).condition(after, cursor, null));
                Part remembered = new Part(Part.Rows.REMEMBERED, null, null);
                splits.add(new Split(
                        "remembered",
                        remembered.json(),
                        new Estimate(Math.max(0, rows - after.remembered().size()), Estimate.UNKNOWN)));
                splits.addAll(splits(connection, Part.Rows.NEWER, condition(Part.Rows.NEWER, after, cursor)));
            } else {
                splits.addAll(splits(connection, Part.Rows.ALL, condition(Part.Rows.ALL, after, cursor)));
            }
            return new ReadPlan(PlanToken.of(snapshot.database(), after).json(), splits, end);
        } finally {
            snapshot.giveBack(connection);
        }
    }

    private static Condition condition(Part.Rows rows, CursorPosition after, CursorColumn cursor) {
        return new Part(rows, null, null).condition(after, cursor, null);
    }

    private static CursorPosition position(Position from) {
        try {
            return CursorPosition.parse(from.value());
        } catch (IllegalArgumentException malformed) {
            throw Problem.of("E_POSITION", ProblemKind.INTEGRITY, "the saved position cannot be read")
                    .because(malformed.getMessage())
                    .fix("copy the stream from the beginning: `sluice state rewind`")
                    .exception(malformed);
        }
    }

    /** The splits of the rows that fulfil a condition: as many ranges as are worth it. */
    private List<Split> splits(DuckDbConnection connection, Part.Rows rows, Condition condition) {
        long count = count(connection, condition);
        if (count == 0) {
            return List.of();
        }
        if (!relation.hasRowIds()) {
            Part whole = new Part(rows, null, null);
            return List.of(new Split(name(rows), whole.json(), new Estimate(count, Estimate.UNKNOWN)));
        }
        long end = 1 + (Long) value(connection, "SELECT max(" + Relation.ROW_ID + ")", condition);
        long wanted = Math.clamp((count + LEAST_GROUPS * ROW_GROUP - 1) / (LEAST_GROUPS * ROW_GROUP), 1, mostSplits());
        long groups = (end + ROW_GROUP - 1) / ROW_GROUP;
        long step = (groups + wanted - 1) / wanted * ROW_GROUP;
        List<Split> splits = new ArrayList<>();
        for (long from = 0; from < end; from += step) {
            Part part = new Part(rows, from, Math.min(end, from + step));
            Estimate estimate = new Estimate(count * step / Math.max(end, step), Estimate.UNKNOWN);
            splits.add(new Split(name(rows) + "-" + from, part.json(), estimate));
        }
        return splits;
    }

    private long mostSplits() {
        // Beside a writer each split has a connection of its own, and one is for the remembered rows.
        return snapshot.isUnlimited() ? MOST_SPLITS : Math.max(1, snapshot.size() - 1);
    }

    private static String name(Part.Rows rows) {
        return switch (rows) {
            case ALL -> "rows";
            case REMEMBERED -> "remembered";
            case NEWER -> "newer";
        };
    }

    private long count(DuckDbConnection connection, Condition condition) {
        return (Long) value(connection, "SELECT count(*)", condition);
    }

    private Object value(DuckDbConnection connection, String select, Condition condition) {
        String sql = select + " FROM " + relation.quoted() + " WHERE " + condition.sql();
        return Objects.requireNonNull(
                connection.rows(sql, condition.arguments()).getFirst().getFirst());
    }

    private Position end(DuckDbConnection connection, CursorColumn cursor, @Nullable CursorPosition before) {
        CursorBoundary boundary = new CursorBoundary(connection, relation, read, cursor, context);
        CursorPosition end = snapshot.isUnlimited() ? boundary.end(before) : boundary.endBesideWriters(before);
        return new Position(identity(), end.json());
    }

    private CursorColumn cursor(DuckDbConnection connection) {
        if (read.cursor() == null) {
            throw Problem.of("E_CURSOR_MISSING", ProblemKind.CONFIG, "an incremental read needs a cursor")
                    .at(relation.stream().toString())
                    .exception();
        }
        return cursor(connection, relation, read.cursor().column());
    }

    /** The column of the cursor with its type in the snapshot. */
    static CursorColumn cursor(DuckDbConnection connection, Relation relation, String name) {
        int index = relation.schema().indexOf(name).orElse(-1);
        if (index < 0 || !CursorColumn.canBe(relation.schema().field(index).type())) {
            throw Problem.of(
                            "E_CURSOR_TYPE",
                            ProblemKind.CONFIG,
                            index < 0 ? "there is no column " + name : "the column " + name + " cannot be a cursor")
                    .at(relation.stream() + "." + name)
                    .because("a cursor is a number, a text, a UUID, a date or a timestamp")
                    .fix("choose another cursor")
                    .exception();
        }
        String quoted = DuckDbSql.identifier(name);
        List<List<@Nullable Object>> described =
                connection.rows("DESCRIBE SELECT " + quoted + " FROM " + relation.quoted());
        return new CursorColumn(
                name,
                relation.schema().field(index).type(),
                String.valueOf(described.getFirst().get(1)));
    }

    /** I4: what a position belongs to. A file without an identifier of its own goes by its path. */
    private String identity() {
        String identifier = snapshot.database().identifier();
        boolean byPath = settings.fileMayBeRebuilt() || identifier.isEmpty();
        String file = byPath ? "path " + settings.database().path() : "database " + identifier;
        return "duckdb " + file + ", " + relation.stream() + ", cursor " + (read.cursor() == null ? "" : read.cursor());
    }

    private void requireIdentity(Position position) {
        if (!position.identity().equals(identity())) {
            throw otherIdentity(position);
        }
    }

    private ProblemException otherIdentity(Position position) {
        return Problem.of(
                        "E_OTHER_IDENTITY",
                        ProblemKind.INTEGRITY,
                        "the saved position belongs to another database file, table or cursor")
                .at(relation.stream().toString())
                .because("it was " + position.identity() + " and is " + identity())
                .fix("copy the stream from the beginning: `sluice state rewind --stream " + relation.stream()
                        + "`; or set rebuilt_file if the new file holds the same rows and later ones")
                .exception();
    }

    private Outcome resume(ReadStart.Resume resume) {
        ReadPlan plan = resume.plan();
        if (plan.splits().stream().allMatch(split -> isFinished(split, resume.progress()))) {
            return new Ready(plan);
        }
        PlanToken token = PlanToken.parse(plan.token());
        return whyNot(token)
                .<Outcome>map(CannotResume::new)
                .orElseGet(() -> new Ready(new ReadPlan(
                        PlanToken.of(snapshot.database(), token.after()).json(), plan.splits(), plan.end())));
    }

    private Optional<String> whyNot(PlanToken token) {
        if (!relation.hasRowIds()) {
            return Optional.of(
                    relation.isTable()
                            ? "the table has a column named rowid, so its rows cannot be told apart"
                            : "a view may show other rows each time");
        }
        String content = PlanToken.content(snapshot.database());
        if (content == null || token.content() == null) {
            return Optional.of("the file is written by this process while it is read");
        }
        return content.equals(token.content())
                ? Optional.empty()
                : Optional.of("the file was changed since, so old and new parts would not fit together");
    }

    private static boolean isFinished(Split split, Map<String, SplitProgress> progress) {
        SplitProgress done = progress.get(split.id());
        return done != null && done.finished();
    }
}
