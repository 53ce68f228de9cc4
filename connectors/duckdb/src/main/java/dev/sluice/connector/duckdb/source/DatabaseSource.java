package dev.sluice.connector.duckdb.source;

import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.cursor.CursorPosition;
import dev.sluice.cdk.cursor.SeenRows;
import dev.sluice.cdk.sql.ChecksumQuery;
import dev.sluice.cdk.sql.Condition;
import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.ChecksumRead;
import dev.sluice.spi.source.ChecksumTask;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A DuckDB file as a source. Thread rules are those of {@link Source}.
 *
 * <p>The file is open only while something is discovered or read, so that others can use it in between.
 */
public final class DatabaseSource implements Source {
    private final SourceSettings settings;
    private final ConnectorContext context;
    private final ReentrantLock joining = new ReentrantLock();
    private final Map<String, OpenRead> reads = new ConcurrentHashMap<>();

    /** A read of which splits can be opened. */
    private record OpenRead(SnapshotRead read, Relation relation) {}

    private DatabaseSource(SourceSettings settings, ConnectorContext context) {
        this.settings = settings;
        this.context = context;
    }

    /** A source with these checked settings. */
    public static Source open(Settings settings, ConnectorContext context) {
        return new DatabaseSource(SourceSettings.of(settings), context);
    }

    /** A source over a file that this process may be writing as well. */
    public static Source of(DuckDbOptions database, ConnectorContext context) {
        return new DatabaseSource(new SourceSettings(database.forReading(), List.of(), false), context);
    }

    @Override
    public CheckReport check() {
        return new SourceCheck(settings, context).run();
    }

    @Override
    public Catalog discover(DiscoverScope scope) {
        try (DuckDb database = DuckDb.open(settings.database());
                DuckDbConnection connection = database.connect()) {
            return new Catalog(new Discovery(connection, settings, context)
                    .run(scope).stream().map(Discovery.Found::stream).toList());
        }
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        Snapshot snapshot = Snapshot.of(DuckDb.open(settings.database()));
        boolean kept = false;
        try {
            Relation relation = relation(snapshot, read.stream().id());
            ReadPlanner planner = new ReadPlanner(snapshot, relation, read, settings, context);
            switch (planner.plan(start)) {
                case ReadPlanner.CannotResume(String why) -> {
                    return new PlanResult.CannotResume(why);
                }
                case ReadPlanner.Ready(ReadPlan plan) -> {
                    kept = true;
                    return new PlanResult.Planned(enter(plan, snapshot, relation).read);
                }
            }
        } finally {
            if (!kept) {
                snapshot.close();
            }
        }
    }

    private OpenRead enter(ReadPlan plan, Snapshot snapshot, Relation relation) {
        OpenRead open = new OpenRead(new SnapshotRead(plan, snapshot, () -> reads.remove(plan.token())), relation);
        reads.put(plan.token(), open);
        return open;
    }

    /** Takes part in a read that another source planned; the file has to stand where it stood then. */
    private OpenRead join(StreamRead read, ReadPlan plan) {
        Snapshot snapshot = Snapshot.of(DuckDb.open(settings.database()));
        boolean kept = false;
        try {
            String content = PlanToken.parse(plan.token()).content();
            if (content == null || !content.equals(PlanToken.content(snapshot.database()))) {
                throw Problem.of(
                                "E_DUCKDB_CHANGED",
                                ProblemKind.CONFLICT,
                                "the file is not as it was when the read was planned")
                        .at(String.valueOf(settings.database().path()))
                        .because("its rows may be others, or stand in other places")
                        .fix("run it again while nobody writes the file")
                        .exception();
            }
            Relation relation = relation(snapshot, read.stream().id());
            kept = true;
            return enter(plan, snapshot, relation);
        } finally {
            if (!kept) {
                snapshot.close();
            }
        }
    }

    @Override
    public SplitReader open(
            StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext readContext) {
        OpenRead opened = opened(read, plan);
        Relation relation = opened.relation;
        Snapshot snapshot = opened.read.snapshot();
        CursorPosition position = PlanToken.parse(plan.token()).after();
        Part part = Part.parse(split.payload());
        CursorColumn cursor = null;
        if (position != null) {
            DuckDbConnection connection = snapshot.borrow();
            try {
                cursor = ReadPlanner.cursor(connection, relation, position.cursor());
            } finally {
                snapshot.giveBack(connection);
            }
        }
        Condition condition = part.condition(position, cursor, after == null ? null : (Long) Long.parseLong(after));
        SeenRows seen = position != null && part.mayHoldRemembered() ? position.remembered() : SeenRows.NONE;
        PartReader.Selection selection =
                new PartReader.Selection(condition, part.isRange(), seen.size() == 0 ? null : seen);
        return PartReader.open(snapshot, relation, read.schema(), selection, readContext, context.clock());
    }

    @Override
    public @Nullable ChecksumTask checksums(ChecksumRead read) {
        Snapshot snapshot = Snapshot.of(DuckDb.open(settings.database()));
        ChecksumTask task = null;
        try {
            Relation relation = relation(snapshot, read.stream());
            task = ChecksumQuery.of(read, relation.quoted(), new DuckChecksums(relation))
                    .map(query -> new DuckChecksumTask(snapshot, snapshot.borrow(), query))
                    .orElse(null);
            return task;
        } finally {
            if (task == null) {
                snapshot.close();
            }
        }
    }

    private OpenRead opened(StreamRead read, ReadPlan plan) {
        joining.lock();
        try {
            OpenRead opened = reads.get(plan.token());
            return opened == null ? join(read, plan) : opened;
        } finally {
            joining.unlock();
        }
    }

    private Relation relation(Snapshot snapshot, StreamId stream) {
        DuckDbConnection connection = snapshot.borrow();
        try {
            List<Discovery.Found> found =
                    new Discovery(connection, settings, context).run(new DiscoverScope.Only(Set.of(stream)));
            if (found.isEmpty()) {
                throw noSuchStream(connection, stream);
            }
            return found.getFirst().relation();
        } finally {
            snapshot.giveBack(connection);
        }
    }

    private ProblemException noSuchStream(DuckDbConnection connection, StreamId stream) {
        List<String> known = new Discovery(connection, settings, context)
                .run(new DiscoverScope.All()).stream()
                        .map(found -> found.relation().stream().toString())
                        .toList();
        return Problem.of("E_NO_TABLE", ProblemKind.CONFIG, "there is no table or view " + stream)
                .at(String.valueOf(settings.database().path()))
                .fix(NearNames.nearest(stream.toString(), known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("see what there is with `sluice discover`"))
                .exception();
    }

    @Override
    public void close() {
        List.copyOf(reads.values()).forEach(open -> open.read.close());
    }
}
