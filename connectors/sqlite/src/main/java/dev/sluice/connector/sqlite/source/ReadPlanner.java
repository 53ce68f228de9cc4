package dev.sluice.connector.sqlite.source;

import dev.sluice.cdk.cursor.CursorPosition;
import dev.sluice.cdk.cursor.PositionProblems;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.StreamRead;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans one read in a snapshot, which one connection sees; so there is one split. Its rows come in the order of their ids or
 * their key, and it goes on after an interruption if the file is as it was.
 */
final class ReadPlanner {
    private static final String SPLIT = "rows";

    private final Snapshot snapshot;
    private final Relation relation;
    private final StreamRead read;
    private final String file;
    private final boolean milliseconds;
    private final ConnectorContext context;

    /**
     * Makes a planner.
     *
     * @param file what positions say of the file (I4)
     * @param milliseconds what whole numbers count where they are times
     */
    ReadPlanner(
            Snapshot snapshot,
            Relation relation,
            StreamRead read,
            String file,
            boolean milliseconds,
            ConnectorContext context) {
        this.snapshot = snapshot;
        this.relation = relation;
        this.read = read;
        this.file = file;
        this.milliseconds = milliseconds;
        this.context = context;
    }

    ReadPlan fromTheBeginning() {
        Position end = read.mode() == SyncMode.INCREMENTAL ? end(null) : null;
        return plan(null, end);
    }

    ReadPlan increment(Position from) {
        PositionProblems.requireIdentity(
                relation.stream(),
                from,
                identity(),
                "another file stands there now, or another cursor is chosen",
                "; or set rebuilt_file if the new file holds the same rows and later ones");
        CursorPosition after;
        try {
            after = CursorPosition.parse(from.value());
            Object value = after.value() == null ? "" : Stored.value(after.value());
            if (!after.cursor().equals(cursor().name()) || value == null) {
                throw new IllegalArgumentException("it is the position of another cursor");
            }
        } catch (IllegalArgumentException malformed) {
            throw PositionProblems.malformed(relation.stream(), malformed);
        }
        return plan(after, end(after));
    }

    private ReadPlan plan(@Nullable CursorPosition after, @Nullable Position end) {
        Split split = new Split(SPLIT, "", Estimate.NONE);
        return new ReadPlan(PlanToken.of(snapshot, after).json(), List.of(split), end);
    }

    private Position end(@Nullable CursorPosition before) {
        CursorBoundary boundary = new CursorBoundary(snapshot, relation, read, cursor(), context);
        return new Position(identity(), boundary.end(before).json());
    }

    private CursorColumn cursor() {
        if (read.cursor() == null) {
            throw Problem.of("E_CURSOR_MISSING", ProblemKind.CONFIG, "an incremental read needs a cursor")
                    .at(relation.stream().toString())
                    .exception();
        }
        return cursor(relation, read.cursor().column(), milliseconds);
    }

    static CursorColumn cursor(Relation relation, String name, boolean milliseconds) {
        int index = relation.schema().indexOf(name).orElse(-1);
        if (index < 0 || !CursorColumn.canBe(relation.schema().field(index).type())) {
            throw Problem.of(
                            "E_CURSOR_TYPE",
                            ProblemKind.CONFIG,
                            index < 0 ? "there is no column " + name : "the column " + name + " cannot be a cursor")
                    .at(relation.stream() + "." + name)
                    .because("a cursor is a number, a text, a date or a timestamp")
                    .fix("choose another cursor")
                    .exception();
        }
        return new CursorColumn(name, relation.schema().field(index).type(), milliseconds);
    }

    /** I4: what a position belongs to. */
    private String identity() {
        return "sqlite " + file + ", " + relation.stream() + ", cursor " + (read.cursor() == null ? "" : read.cursor());
    }

    /** The plan of an interrupted read in the snapshot of now; empty if nothing proves that both fit together. */
    Optional<ReadPlan> resumed(ReadStart.Resume resume) {
        ReadPlan plan = resume.plan();
        PlanToken token = PlanToken.parse(plan.token());
        boolean finished = plan.splits().stream()
                .map(split -> resume.progress().get(split.id()))
                .allMatch(progress -> progress != null && progress.finished());
        boolean unchanged = !relation.order().isEmpty()
                && snapshot.content() != null
                && snapshot.content().equals(token.content());
        return finished || unchanged
                ? Optional.of(new ReadPlan(PlanToken.of(snapshot, token.after()).json(), plan.splits(), plan.end()))
                : Optional.empty();
    }

    /** Why {@link #resumed} gave nothing. */
    String whyNot() {
        if (!relation.isTable()) {
            return "a view may show other rows each time";
        }
        return relation.order().isEmpty()
                ? "the table has no order of its own by which a read could go on"
                : "the file was changed since, or could have been, so old and new rows would not fit together";
    }
}
