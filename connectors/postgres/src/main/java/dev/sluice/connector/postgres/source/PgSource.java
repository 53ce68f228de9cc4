package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.sql.ChecksumQuery;
import dev.sluice.cdk.sql.KnownRelations;
import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.cdk.sql.SqlChecksumTask;
import dev.sluice.connector.postgres.log.LogSource;
import dev.sluice.connector.postgres.log.LogStart;
import dev.sluice.connector.postgres.log.LogTable;
import dev.sluice.connector.postgres.session.PgConnections;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.ChecksumRead;
import dev.sluice.spi.source.ChecksumTask;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as a source. Thread rules are those of {@link Source}. */
public final class PgSource implements Source {
    private final PgConnections connections;
    private final SourceSettings settings;
    private final ConnectorContext context;
    private final SessionPool<PgSession> sessions;
    private final @Nullable LogSource log;
    private final KnownRelations<Relation> relations;

    private PgSource(PgConnections connections, SourceSettings settings, ConnectorContext context) {
        this.connections = connections;
        this.settings = settings;
        this.context = context;
        this.sessions = new SessionPool<>(connections::open);
        this.log = settings.log()
                .map(found -> new LogSource(found, connections, sessions, context))
                .orElse(null);
        this.relations =
                new KnownRelations<>(stream -> discover(new DiscoverScope.Only(Set.of(stream))), connections.place());
    }

    /** A source with these checked settings. */
    public static Source open(Settings settings, ConnectorContext context) {
        return new PgSource(new PgConnections(settings, context), SourceSettings.of(settings), context);
    }

    /** A source over the database that these options lead to, of whatever spec they are; it offers all schemas. */
    public static Source over(Settings connection, ConnectorContext context) {
        return new PgSource(new PgConnections(connection, context), SourceSettings.USUAL, context);
    }

    @Override
    public CheckReport check() {
        return new SourceCheck(connections, settings).run();
    }

    @Override
    public Catalog discover(DiscoverScope scope) {
        if (log != null) {
            log.forgetEnd();
        }
        List<Discovery.Found> found = sessions.with(session -> new Discovery(session, settings).run(scope));
        found.forEach(each -> relations.note(each.relation().stream(), each.relation()));
        return new Catalog(found.stream().map(Discovery.Found::stream).toList());
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        Relation relation = relations.get(read.stream().id());
        LogSource opened = log;
        if (opened == null || read.mode() == SyncMode.FULL_REFRESH) {
            return plan(relation, read, start, null);
        }
        LogTable table = relation.logTable();
        return switch (start) {
            case ReadStart.Beginning ignored -> firstCopy(opened, relation, read);
            case ReadStart.After(Position position) ->
                new PlanResult.Planned(new LogRead(opened.plan(table, read, position)));
            case ReadStart.Resume resume -> resume(opened, relation, read, resume);
        };
    }

    /** The first copy shows the moment at which the log begins. */
    private PlanResult firstCopy(LogSource opened, Relation relation, StreamRead read) {
        try (LogStart begun = opened.begin(relation.logTable(), read)) {
            return plan(relation, read, new ReadStart.Beginning(), begun);
        }
    }

    private PlanResult resume(LogSource opened, Relation relation, StreamRead read, ReadStart.Resume resume) {
        LogTable table = relation.logTable();
        ReadPlan plan = resume.plan();
        if (LogSource.isOfLog(plan)) {
            opened.require(table, read, Objects.requireNonNull(resume.from()));
            return new PlanResult.Planned(new LogRead(plan));
        }
        Position end = plan.end();
        if (!read.deduplicated() || end == null) {
            return new PlanResult.CannotResume("rows that came since would be told once more by the log");
        }
        try {
            opened.require(table, read, end);
        } catch (ProblemException gone) {
            return new PlanResult.CannotResume(gone.problem().message());
        }
        return plan(relation, read, resume, null);
    }

    /** Plans a read of the table itself, in the snapshot where the log begins if there is one. */
    private PlanResult plan(Relation relation, StreamRead read, ReadStart start, @Nullable LogStart begun) {
        PgSession session = sessions.take();
        boolean kept = false;
        try {
            session.beginSnapshot(begun == null ? null : begun.snapshot());
            ReadPlanner planner = new ReadPlanner(
                    session, relation, read, settings, context, begun == null ? null : begun.position());
            ReadPlanner.Outcome outcome = planner.plan(start);
            switch (outcome) {
                case ReadPlanner.CannotResume(String why) -> {
                    return new PlanResult.CannotResume(why);
                }
                case ReadPlanner.Ready(ReadPlan plan) -> {
                    kept = true;
                    return new PlanResult.Planned(new SnapshotRead(plan, session, sessions));
                }
            }
        } finally {
            if (!kept) {
                sessions.discard(session);
            }
        }
    }

    @Override
    public SplitReader open(
            StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext readContext) {
        Relation relation = relations.get(read.stream().id());
        if (log != null && LogSource.isOfLog(plan)) {
            return log.open(relation.logTable(), read, split, after, readContext);
        }
        CtidRange range = CtidRange.parse(split.payload());
        List<String> conditions = new ArrayList<>(range.conditions());
        PlanToken token = PlanToken.parse(plan.token());
        conditions.addAll(token.conditions());
        conditions.addAll(new FilterSql(relation, "t").conditions(read.filter()));
        String columns = read.schema().fields().stream()
                .map(Field::name)
                .map(name -> token.stamps().containsKey(name)
                        ? token.stamps().get(name)
                        : relation.column(name).expression("t"))
                .collect(Collectors.joining(", "));
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        String statement = "COPY (SELECT " + columns + " FROM " + range.from() + where + ") TO STDOUT (FORMAT binary)";
        PgSession session = SnapshotRead.join(token.exported(), sessions);
        return CopySplitReader.open(
                session, sessions, statement, relation.copyColumns(read.schema()), readContext, context.clock());
    }

    @Override
    public @Nullable ChecksumTask checksums(ChecksumRead read) {
        Relation relation = relations.get(read.stream());
        return sessions.with(PgChecksums::areKnown)
                ? ChecksumQuery.of(read, relation.quoted() + " t", new PgChecksums(relation))
                        .map(query -> new SqlChecksumTask<>(sessions, query))
                        .orElse(null)
                : null;
    }

    @Override
    public @Nullable String sharedLog() {
        return settings.log().map(found -> "replication slot " + found.slot()).orElse(null);
    }

    @Override
    public void standing(Map<StreamId, Position> positions) {
        if (log != null) {
            log.standing(positions);
        }
    }

    @Override
    public void committed(StreamId stream, Position position) {
        if (log != null) {
            log.committed(stream, position);
        }
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
        sessions.close();
        connections.close();
    }
}
