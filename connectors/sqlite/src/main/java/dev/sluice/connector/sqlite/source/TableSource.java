package dev.sluice.connector.sqlite.source;

import dev.sluice.cdk.cursor.CursorPosition;
import dev.sluice.cdk.cursor.SeenRows;
import dev.sluice.cdk.sql.Condition;
import dev.sluice.cdk.sql.KnownRelations;
import dev.sluice.connector.sqlite.session.FileOptions;
import dev.sluice.connector.sqlite.session.FileSession;
import dev.sluice.connector.sqlite.session.SqliteFile;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A SQLite file as a source. Thread rules are those of {@link Source}. The file is open only while somebody reads. */
public final class TableSource implements Source {
    private final SourceSettings settings;
    private final ConnectorContext context;
    private final SqliteFile file;

    /** A source with these settings; opens nothing yet. */
    public TableSource(SourceSettings settings, ConnectorContext context) {
        this.settings = settings;
        this.context = context;
        this.file = new SqliteFile(settings.file());
    }

    /** A source over a file that the destination wrote. */
    public static Source over(FileOptions file, ConnectorContext context) {
        return new TableSource(SourceSettings.ofOwn(file), context);
    }

    @Override
    public CheckReport check() {
        return new SourceCheck(file, settings, context).run();
    }

    @Override
    public Catalog discover(DiscoverScope scope) {
        try (FileSession session = file.openForReading()) {
            return new Catalog(new Discovery(session, settings, context)
                    .run(scope).stream().map(Discovery::stream).toList());
        }
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        Snapshot snapshot = Snapshot.open(file);
        boolean kept = false;
        try {
            Relation relation = relation(snapshot.session(), read.stream().id());
            ReadPlanner planner =
                    new ReadPlanner(snapshot, relation, read, identity(), settings.milliseconds(), context);
            Optional<ReadPlan> plan = switch (start) {
                case ReadStart.Beginning ignored -> Optional.of(planner.fromTheBeginning());
                case ReadStart.After after -> Optional.of(planner.increment(after.position()));
                case ReadStart.Resume resume -> planner.resumed(resume);
            };
            if (plan.isEmpty()) {
                return new PlanResult.CannotResume(planner.whyNot());
            }
            kept = true;
            return new PlanResult.Planned(new SnapshotRead(plan.get(), snapshot));
        } finally {
            if (!kept) {
                snapshot.close();
            }
        }
    }

    /** A planned read and its snapshot. */
    private record SnapshotRead(ReadPlan plan, Snapshot snapshot) implements PlannedRead {
        @Override
        public void close() {
            snapshot.close();
        }
    }

    @Override
    public SplitReader open(
            StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext readContext) {
        PlanToken token = PlanToken.parse(plan.token());
        Snapshot snapshot = Snapshot.find(token.snapshot());
        Relation relation = relation(snapshot.session(), read.stream().id());
        Condition condition = after == null ? Condition.ALWAYS : RowQuery.behind(relation, Stored.values(after));
        CursorPosition position = token.after();
        SeenRows seen = SeenRows.NONE;
        if (position != null) {
            CursorColumn cursor = ReadPlanner.cursor(relation, position.cursor(), settings.milliseconds());
            condition = condition.and(cursor.after(position));
            seen = position.remembered();
        }
        PartReader.Task task = new PartReader.Task(
                condition, !relation.order().isEmpty(), seen.size() == 0 ? null : seen, settings.milliseconds());
        return new PartReader(snapshot, relation, read.schema(), task, readContext, context.clock());
    }

    private Relation relation(FileSession session, StreamId stream) {
        KnownRelations<Relation> known =
                new KnownRelations<>(ignored -> {}, file.path().toString());
        new Discovery(session, settings, context)
                .run(new DiscoverScope.Only(Set.of(stream)))
                .forEach(relation -> known.note(relation.stream(), relation));
        return known.get(stream);
    }

    /** SQLite gives its files no number, but the file system does: another file under the same name has another. */
    private String identity() {
        Path path = file.path();
        if (settings.fileMayBeRebuilt()) {
            return "path " + path;
        }
        try {
            return "file " + Files.getAttribute(path, "unix:ino");
        } catch (UnsupportedOperationException | IllegalArgumentException | IOException notTold) {
            return "path " + path;
        }
    }

    @Override
    public void close() {}
}
