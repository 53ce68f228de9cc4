package dev.sluice.testkit.contract;

import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A source over {@link MemoryDatabase} that keeps the whole contract, and with a fault exactly all of it but one thing.
 *
 * <p>Its snapshot is the number of a commit, and its increments are what was committed between two of them, so ties, null
 * cursors and late commits need no thought. The faulty variants go by the cursor, as careless sources do.
 */
final class MemorySource implements Source {
    private static final int ROWS_A_SPLIT = 5_000;
    private static final Map<String, String> MEMORY = new ConcurrentHashMap<>();

    private final MemoryDatabase database;
    private final ConnectorContext context;
    private final SourceFault fault;
    private final String password;
    private final boolean log;
    private final Set<String> ownPlans = ConcurrentHashMap.newKeySet();

    MemorySource(MemoryDatabase database, ConnectorContext context, SourceFault fault, String password, boolean log) {
        this.database = database;
        this.context = context;
        this.fault = fault;
        this.password = password;
        this.log = log;
    }

    private boolean has(SourceFault other) {
        return fault == other;
    }

    @Override
    public CheckReport check() {
        try {
            logIn();
            return new CheckReport(List.of(CheckReport.Step.ok("log in", null)));
        } catch (ProblemException refused) {
            if (has(SourceFault.CHECK_THROWS)) {
                throw refused;
            }
            return new CheckReport(
                    has(SourceFault.CHECK_ALWAYS_PASSES)
                            ? List.of(CheckReport.Step.ok("nothing", null))
                            : List.of(CheckReport.Step.failed("log in", refused.problem())));
        }
    }

    private void logIn() {
        if (!password.equals("right")) {
            Problem problem = Problem.of("E_AUTH_REFUSED", ProblemKind.PERMISSION, "the password was refused")
                    .because(has(SourceFault.CHECK_SHOWS_SECRETS) ? "it was " + password : null)
                    .fix(has(SourceFault.CHECK_WITHOUT_ADVICE) ? null : "ask for the right one");
            throw problem.exception();
        }
    }

    @Override
    public Catalog discover(DiscoverScope scope) {
        logIn();
        List<CatalogStream> streams = new ArrayList<>();
        for (MemoryDatabase.Table table : database.all()) {
            boolean wanted = switch (scope) {
                case DiscoverScope.All ignored -> true;
                case DiscoverScope.Only(Set<StreamId> only) ->
                    only.contains(table.id) || has(SourceFault.IGNORES_SCOPE);
            };
            if (wanted) {
                streams.add(stream(table));
            }
        }
        return new Catalog(streams);
    }

    private CatalogStream stream(MemoryDatabase.Table table) {
        TableSpec spec = table.spec;
        boolean incremental = spec.cursor() != null;
        Schema schema = spec.schema();
        if (has(SourceFault.EVERYTHING_IS_TEXT)) {
            schema = new Schema(schema.fields().stream()
                    .map(field -> new Field(field.name(), new DataType.TextType()))
                    .toList());
        }
        StreamId id = has(SourceFault.FOLDS_NAMES)
                ? StreamId.of(table.id.namespace(), table.id.name().toLowerCase(Locale.ROOT))
                : table.id;
        return new CatalogStream(
                id,
                schema,
                incremental ? EnumSet.of(SyncMode.INCREMENTAL) : EnumSet.of(SyncMode.FULL_REFRESH),
                incremental && log ? Cursor.KEPT_BY_SOURCE : Cursor.NONE,
                has(SourceFault.HIDES_KEYS)
                        ? List.of()
                        : spec.primaryKey().stream().map(FieldPath::of).toList(),
                true,
                Estimate.NONE);
    }

    private MemoryDatabase.Table table(StreamRead read) {
        return Optional.ofNullable(database.find(read.stream().id()))
                .orElseThrow(() -> Problem.of("E_STREAM_GONE", ProblemKind.CONFIG, "the table is gone")
                        .at(read.stream().id().toString())
                        .exception());
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        logIn();
        if (has(SourceFault.ENDS_IN_SILENCE) && database.find(read.stream().id()) == null) {
            return planned(new ReadPlan("", List.of(), null));
        }
        MemoryDatabase.Table table = table(read);
        return switch (start) {
            case ReadStart.Beginning ignored -> planned(fullPlan(read, table));
            case ReadStart.After(Position position) -> planned(incrementPlan(read, table, position));
            case ReadStart.Resume resume -> resumed(table, resume);
        };
    }

    private PlanResult planned(ReadPlan plan) {
        ownPlans.add(plan.token());
        return new PlanResult.Planned(new PlannedRead() {
            @Override
            public ReadPlan plan() {
                return plan;
            }

            @Override
            public void close() {
                // The database keeps all moments, so nothing has to be held open.
            }
        });
    }

    private PlanResult resumed(MemoryDatabase.Table table, ReadStart.Resume resume) {
        Moment moment = Moment.of(resume.plan().token());
        if (moment.table() != table.identity && !has(SourceFault.RESUMES_ON_NEW_TABLE)) {
            return new PlanResult.CannotResume("the table was made anew");
        }
        return planned(resume.plan());
    }

    /** What the plan remembers: the table and the commits that it shows. */
    private record Moment(long table, long after, long until) {
        static Moment of(String token) {
            String[] parts = token.split(":", -1);
            return new Moment(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }

        String token() {
            return table + ":" + after + ":" + until;
        }
    }

    private ReadPlan fullPlan(StreamRead read, MemoryDatabase.Table table) {
        long now = database.now();
        int rows = database.at(table, now).size();
        List<Split> splits = new ArrayList<>();
        for (int from = 0; from < rows; from += ROWS_A_SPLIT) {
            int until = Math.min(rows, from + ROWS_A_SPLIT);
            int first = has(SourceFault.DOUBLES_ROW_BETWEEN_SPLITS) && from > 0 ? from - 1 : from;
            int last = has(SourceFault.LOSES_LAST_ROW_OF_A_SPLIT) ? until - 1 : until;
            splits.add(new Split("rows-" + from, first + "-" + last, new Estimate(until - from, Estimate.UNKNOWN)));
        }
        Moment moment = new Moment(table.identity, -1, now);
        if (has(SourceFault.HOLDS_STATE_IN_MEMORY)) {
            MEMORY.put(moment.token(), "here");
        }
        return new ReadPlan(moment.token(), splits, end(read, table, now));
    }

    private @Nullable Position end(StreamRead read, MemoryDatabase.Table table, long now) {
        return read.mode() == SyncMode.FULL_REFRESH
                ? null
                : new Position("memory:" + table.identity, CursorReads.value(fault, database, table, now));
    }

    private ReadPlan incrementPlan(StreamRead read, MemoryDatabase.Table table, Position position) {
        if (read.stream().syncModes().size() == 1) {
            throw Problem.of("E_NOT_INCREMENTAL", ProblemKind.CONFIG, "the stream has no increments")
                    .exception();
        }
        boolean oldTable = has(SourceFault.TAKES_POSITION_OF_OLD_TABLE)
                && position.identity().matches("memory:[0-9]+");
        boolean sameTable = oldTable || position.identity().equals("memory:" + table.identity);
        if (!sameTable && !has(SourceFault.TAKES_ANY_POSITION)) { // I4
            throw Problem.of("E_POSITION_FOREIGN", ProblemKind.INTEGRITY, "the position belongs to another table")
                    .exception();
        }
        long after = positionNumber(position);
        long now = database.now();
        String payload = position.value();
        return new ReadPlan(
                new Moment(table.identity, after, now).token(),
                List.of(new Split("increment", payload, Estimate.NONE)),
                end(read, table, now));
    }

    private long positionNumber(Position position) {
        if (has(SourceFault.THROWS_BARE_EXCEPTIONS)) {
            return CursorReads.commit(position.value());
        }
        try {
            return CursorReads.commit(position.value());
        } catch (NumberFormatException unreadable) {
            if (has(SourceFault.TAKES_ANY_POSITION)) {
                return 0;
            }
            throw Problem.of("E_POSITION_UNREADABLE", ProblemKind.INTEGRITY, "the position cannot be read")
                    .because(position.value())
                    .exception(unreadable);
        }
    }

    @Override
    public SplitReader open(
            StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext readContext) {
        if (has(SourceFault.HOLDS_STATE_IN_MEMORY) && !ownPlans.contains(plan.token())) {
            throw Problem.of("E_UNKNOWN_PLAN", ProblemKind.INTERNAL, "this source made no such plan")
                    .exception();
        }
        MemoryDatabase.Table table = table(read);
        Moment moment = Moment.of(plan.token());
        List<Row> rows =
                split.id().equals("increment") ? incrementRows(table, moment, split) : fullRows(table, moment, split);
        int from = after == null || has(SourceFault.FINISHED_SPLITS_COME_AGAIN) ? 0 : Integer.parseInt(after);
        if (after != null && has(SourceFault.DOUBLES_ON_RESUME)) {
            from--;
        } else if (after != null && has(SourceFault.LOSES_ON_RESUME)) {
            from++;
        }
        return new MemoryReader(read, rows, Math.min(from, rows.size()), readContext, context.clock(), fault);
    }

    private List<Row> fullRows(MemoryDatabase.Table table, Moment moment, Split split) {
        boolean current = has(SourceFault.SPLITS_OF_SEVERAL_MOMENTS) || has(SourceFault.RESUMES_ON_CHANGED_TABLE);
        List<Row> rows = database.at(table, current ? database.now() : moment.until()).stream()
                .map(MemoryDatabase.Version::row)
                .toList();
        if (table.identity != moment.table()) {
            return rows;
        }
        String[] range = split.payload().split("-", -1);
        return rows.subList(
                Math.min(rows.size(), Integer.parseInt(range[0])), Math.min(rows.size(), Integer.parseInt(range[1])));
    }

    private List<Row> incrementRows(MemoryDatabase.Table table, Moment moment, Split split) {
        List<Row> rows = new ArrayList<>(committedRows(table, moment, split));
        if (has(SourceFault.SEES_OPEN_TRANSACTIONS)) {
            rows.addAll(database.uncommitted(table));
        }
        return rows;
    }

    private List<Row> committedRows(MemoryDatabase.Table table, Moment moment, Split split) {
        if (log) {
            return logRows(table, moment);
        }
        Optional<List<Row>> faulty = CursorReads.rows(fault, database, table, split.payload(), moment.until());
        return faulty.orElseGet(() -> database.at(table, moment.until()).stream()
                .filter(version -> version.from() > moment.after())
                .map(MemoryDatabase.Version::row)
                .toList());
    }

    private List<Row> logRows(MemoryDatabase.Table table, Moment moment) {
        List<Row> changes = database.log(table, moment.after(), moment.until());
        if (has(SourceFault.LOG_ONLY_ONCE) && MEMORY.putIfAbsent("log " + moment.token(), "read") != null) {
            return List.of();
        }
        if (has(SourceFault.LOG_WITHOUT_DELETES)) {
            return changes.stream()
                    .filter(row -> row.operation() != Operation.DELETE)
                    .toList();
        }
        return has(SourceFault.LOG_IN_WRONG_ORDER) ? changes.reversed() : changes;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
