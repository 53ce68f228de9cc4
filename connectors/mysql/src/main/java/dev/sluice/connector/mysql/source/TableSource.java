package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.sql.ChecksumQuery;
import dev.sluice.cdk.sql.KnownRelations;
import dev.sluice.cdk.sql.SessionPool;
import dev.sluice.cdk.sql.SqlChecksumTask;
import dev.sluice.connector.mysql.log.LogSource;
import dev.sluice.connector.mysql.session.MyConnections;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.connector.mysql.session.Quoting;
import dev.sluice.connector.mysql.source.Relation.Column;
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
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final @Nullable LogSource log;

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
        log = settings.log()
                .map(found -> new LogSource(found, connections, sessions, context))
                .orElse(null);
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
        if (opened == null || read.mode() == SyncMode.FULL_REFRESH || relation.logged() == null) {
            return new ReadPlanner(sessions, relation, read, settings, context, null).plan(start);
        }
        return switch (start) {
            case ReadStart.Beginning ignored ->
                new ReadPlanner(sessions, relation, read, settings, context, opened).plan(start);
            case ReadStart.After(Position position) ->
                new PlanResult.Planned(new LogRead(opened.plan(relation.logged(), position)));
            case ReadStart.Resume resume -> resume(opened, relation, read, resume);
        };
    }

    private PlanResult resume(LogSource opened, Relation relation, StreamRead read, ReadStart.Resume resume) {
        ReadPlan plan = resume.plan();
        if (LogSource.isOfLog(plan)) {
            opened.require(relation.requireLogged(), Objects.requireNonNull(resume.from()));
            return new PlanResult.Planned(new LogRead(plan));
        }
        Position end = plan.end();
        if (!read.deduplicated() || end == null) {
            return new PlanResult.CannotResume("rows that came since would be told once more by the log");
        }
        try {
            opened.require(relation.requireLogged(), end);
        } catch (ProblemException gone) {
            return new PlanResult.CannotResume(gone.problem().message());
        }
        return new ReadPlanner(sessions, relation, read, settings, context, opened).plan(resume);
    }

    @Override
    public SplitReader open(
            StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext readContext) {
        Relation relation = relations.get(read.stream().id());
        if (log != null && LogSource.isOfLog(plan)) {
            return log.open(relation.requireLogged(), read, split, after, readContext);
        }
        PlanToken token = PlanToken.parse(plan.token());
        Selection selection = new Selection(relation, read.schema(), token.stamps());
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
        if (log == null && token.resumed() && plan.end() != null) {
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
    public @Nullable ChecksumTask checksums(ChecksumRead read) {
        Relation relation = relations.get(read.stream());
        // From MySQL 9.6 on it is a component that may not be installed.
        if (!sessions.with(session -> session.attempt("DO MD5('')"))) {
            return null;
        }
        return ChecksumQuery.of(read, relation.quoted(), new MyChecksums(relation))
                .map(query -> new SqlChecksumTask<>(sessions, query))
                .orElse(null);
    }

    @Override
    public CheckReport check() {
        return new SourceCheck(connections, settings).run();
    }

    @Override
    public @Nullable String sharedLog() {
        return log == null ? null : "binary log";
    }

    @Override
    public void standing(Map<StreamId, Position> positions) {
        if (log != null) {
            log.standing(positions);
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
