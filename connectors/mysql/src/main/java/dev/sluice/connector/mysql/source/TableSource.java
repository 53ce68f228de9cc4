package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.sql.KnownRelations;
import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.connector.mysql.session.MyConnections;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.session.Quoting;
import dev.sluice.connector.mysql.source.Relation.Column;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.StreamId;
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
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** MySQL and MariaDB as a source. Thread rules are those of {@link Source}. */
public final class TableSource implements Source {
    private final MyConnections connections;
    private final SourceSettings settings;
    private final ConnectorContext context;
    private final SessionPool<MySession> sessions;
    private final KnownRelations<Relation> relations;

    /** A source with these checked settings; connects to nothing yet. */
    public TableSource(Settings checked, ConnectorContext context) {
        this(checked, SourceSettings.of(checked), context);
    }

    private TableSource(Settings connection, SourceSettings settings, ConnectorContext context) {
        this.context = context;
        this.settings = settings;
        connections = new MyConnections(connection, context, false);
        sessions = new SessionPool<>(connections::open);
        relations = new KnownRelations<>(this::look, connections.place());
    }

    /** A source over the server that these options lead to, of whatever spec they are; it offers all databases. */
    public static Source over(Settings connection, ConnectorContext context) {
        return new TableSource(connection, SourceSettings.USUAL, context);
    }

    private void look(StreamId stream) {
        discover(new DiscoverScope.Only(Set.of(stream)));
    }

    @Override
    public Catalog discover(DiscoverScope scope) {
        List<Discovery.Found> found = sessions.with(session -> new Discovery(session, settings).run(scope));
        found.forEach(each -> relations.note(each.relation().stream(), each.relation()));
        return new Catalog(found.stream().map(Discovery.Found::stream).toList());
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        return new ReadPlanner(sessions, relations.get(read.stream().id()), read, settings, context).plan(start);
    }

    @Override
    public SplitReader open(
            StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext readContext) {
        Relation relation = relations.get(read.stream().id());
        PlanToken token = PlanToken.parse(plan.token());
        Selection selection = new Selection(relation, read.schema());
        List<String> conditions = new ArrayList<>();
        Relation.Key key = relation.key();
        String index = null;
        KeyRange range = KeyRange.parse(split.payload());
        if (key != null && !range.equals(KeyRange.WHOLE)) {
            conditions.addAll(range.conditions(key.columns()));
            index = Quoting.identifier(key.index());
        }
        CursorPosition before = token.after();
        if (before != null) {
            conditions.add(before.window(ReadPlanner.cursor(relation, before.cursor())));
            if (!selection.leaveOut(before)) {
                context.log(
                        Level.WARNING,
                        relation.stream() + ": a column was removed by which delivered rows are known; rows at the"
                                + " end of the last read come again");
            }
        }
        if (token.resumed() && plan.end() != null) {
            CursorPosition end =
                    CursorPosition.parse(Objects.requireNonNull(plan.end()).value());
            Column cursor = ReadPlanner.cursor(relation, end.cursor());
            selection.keepOnly(end, cursor);
        }
        return RowsReader.open(
                SnapshotGroup.find(token.group()),
                sessions,
                selection.sql(conditions, index),
                selection.shape(),
                readContext,
                context.clock());
    }

    @Override
    public CheckReport check() {
        return new SourceCheck(connections, settings).run();
    }

    @Override
    public void close() {
        sessions.close();
        connections.close();
    }
}
