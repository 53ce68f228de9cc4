package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.sql.KnownRelations;
import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.postgres.session.PgConnections;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as a source. Thread rules are those of {@link Source}. */
public final class PgSource implements Source {
    private final PgConnections connections;
    private final SourceSettings settings;
    private final ConnectorContext context;
    private final SessionPool<PgSession> sessions;
    private final KnownRelations<Relation> relations;

    private PgSource(PgConnections connections, SourceSettings settings, ConnectorContext context) {
        this.connections = connections;
        this.settings = settings;
        this.context = context;
        this.sessions = new SessionPool<>(connections::open);
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
        List<Discovery.Found> found = sessions.with(session -> new Discovery(session, settings).run(scope));
        found.forEach(each -> relations.note(each.relation().stream(), each.relation()));
        return new Catalog(found.stream().map(Discovery.Found::stream).toList());
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        Relation relation = relations.get(read.stream().id());
        PgSession session = sessions.take();
        boolean kept = false;
        try {
            session.beginSnapshot(null);
            ReadPlanner planner = new ReadPlanner(session, relation, read, settings, context);
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
        CtidRange range = CtidRange.parse(split.payload());
        List<String> conditions = new ArrayList<>(range.conditions());
        PlanToken token = PlanToken.parse(plan.token());
        conditions.addAll(token.conditions());
        conditions.addAll(new FilterSql(relation, "t").conditions(read.filter()));
        String columns = read.schema().fields().stream()
                .map(Field::name)
                .map(name -> relation.column(name).expression("t"))
                .collect(Collectors.joining(", "));
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        String statement = "COPY (SELECT " + columns + " FROM " + range.from() + where + ") TO STDOUT (FORMAT binary)";
        PgSession session = SnapshotRead.join(token.exported(), sessions);
        return CopySplitReader.open(
                session, sessions, statement, relation.copyColumns(read.schema()), readContext, context.clock());
    }

    @Override
    public void close() {
        sessions.close();
        connections.close();
    }
}
