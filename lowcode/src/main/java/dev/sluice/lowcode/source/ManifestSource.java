package dev.sluice.lowcode.source;

import dev.sluice.lowcode.auth.RenewedTokens;
import dev.sluice.lowcode.auth.Requesters;
import dev.sluice.lowcode.http.CallBudget;
import dev.sluice.lowcode.http.Concurrency;
import dev.sluice.lowcode.http.Places;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.http.Transport;
import dev.sluice.lowcode.http.Wire;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.manifest.Manifest;
import dev.sluice.lowcode.schema.Columns;
import dev.sluice.lowcode.stream.Definitions;
import dev.sluice.lowcode.stream.OpenStream;
import dev.sluice.lowcode.stream.Schemas;
import dev.sluice.lowcode.stream.StreamBuilder;
import dev.sluice.lowcode.stream.StreamList;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.runtime.RejectedRecord;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A configured source that a manifest defines. */
final class ManifestSource implements Source {
    private static final String SPLIT = "records";

    private final Manifest manifest;
    private final Transport transport;
    private final Surroundings surroundings;
    private final Requesters requesters;

    ManifestSource(
            Manifest manifest, Config config, ConnectorContext context, Surroundings.Waiting waiting, Places places) {
        this(manifest, config, context, waiting, places, Wire.UNSEEN, Optional.empty());
    }

    /**
     * The same, at whose requests somebody looks.
     *
     * @param at the time that all templates find; empty for the one that it is
     */
    ManifestSource(
            Manifest manifest,
            Config config,
            ConnectorContext context,
            Surroundings.Waiting waiting,
            Places places,
            Wire wire,
            Optional<Instant> at) {
        this.manifest = manifest;
        transport = new Transport(wire);
        Surroundings shared = new Surroundings(
                Values.mapOrEmpty(Values.ofPlain(config.values())),
                context.clock(),
                transport,
                line -> context.log(Level.INFO, line),
                waiting,
                places);
        surroundings = at.map(shared::at).orElse(shared);
        new ConfigRules(manifest, surroundings).apply();
        surroundings.keepBy(RenewedTokens.keptBy(context));
        requesters = new Requesters(
                surroundings,
                new CallBudget(manifest.root().optional("api_budget"), surroundings),
                new Concurrency(manifest.root(), surroundings));
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Requesters requesters() {
        return requesters;
    }

    private Instant now() {
        return surroundings.clock().instant();
    }

    StreamList streams() {
        return new StreamList(manifest, surroundings, new StreamBuilder(requesters, now()));
    }

    Component stream(StreamId id) {
        List<String> names = new ArrayList<>();
        StreamList list = streams();
        for (Component stream : list.fixed()) {
            names.add(name(stream));
            if (name(stream).equals(id.name())) {
                return stream;
            }
        }
        for (Component stream : list.all()) {
            if (name(stream).equals(id.name())) {
                return stream;
            }
        }
        throw Problem.of("E_STREAM_NOT_FOUND", ProblemKind.CONFIG, "the source has no stream " + id)
                .because("its streams are " + String.join(", ", names))
                .fix(NearNames.nearest(id.name(), names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse(null))
                .exception();
    }

    static String name(Component stream) {
        return stream.text("name", "unnamed");
    }

    @Override
    public CheckReport check() {
        return new Check(manifest, surroundings, requesters, streams()).run();
    }

    @Override
    public Catalog discover(DiscoverScope scope) {
        List<CatalogStream> readable = new ArrayList<>();
        List<Catalog.Unreadable> others = new ArrayList<>();
        for (Component stream : streams().all()) {
            StreamId id = StreamId.of(name(stream));
            boolean wanted = switch (scope) {
                case DiscoverScope.All() -> true;
                case DiscoverScope.Only(Set<StreamId> only) -> only.contains(id);
            };
            if (!wanted) {
                continue;
            }
            try {
                readable.add(described(id, stream));
            } catch (ProblemException problem) {
                others.add(new Catalog.Unreadable(id, problem.problem()));
            }
        }
        return new Catalog(readable, others);
    }

    CatalogStream described(StreamId id, Component definition) {
        Component stream = Definitions.described(definition);
        StreamBuilder builder = new StreamBuilder(requesters, now());
        // Put together and thrown away: what the manifest cannot do is told now and not in the middle of a run.
        builder.open(definition, false, None.NONE);
        Schema schema = Columns.of(new Schemas(builder, surroundings).of(stream));
        boolean incremental = stream.has("incremental_sync");
        Cursor cursor = Cursor.NONE;
        if (incremental) {
            String field = surroundings
                    .templates()
                    .text(stream.required("incremental_sync").text("cursor_field"), surroundings.scope());
            cursor = new Cursor(FieldPath.of(field), true);
        }
        List<FieldPath> key = new ArrayList<>();
        for (List<String> path : Definitions.primaryKey(stream)) {
            if (schema.indexOf(path.getFirst()).isPresent()) {
                key.add(new FieldPath(path));
            }
        }
        return new CatalogStream(
                id,
                schema,
                incremental ? Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL) : Set.of(SyncMode.FULL_REFRESH),
                cursor,
                key,
                incremental,
                Estimate.NONE);
    }

    private String identity(StreamRead read) {
        Component stream = Definitions.described(stream(read.stream().id()));
        String cursor = stream.has("incremental_sync")
                ? stream.required("incremental_sync").text("cursor_field")
                : "";
        return "manifest " + read.stream().id() + (cursor.isEmpty() ? "" : " by " + cursor);
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        return switch (start) {
            case ReadStart.Beginning() -> planned(read, new PlanToken(now(), None.NONE, isIncremental(read)));
            case ReadStart.After(Position position) -> {
                requireOwn(position, read);
                yield planned(read, new PlanToken(now(), PlanToken.state(position), isIncremental(read)));
            }
            case ReadStart.Resume resume -> new PlanResult.Planned(new Plan(resume.plan()));
        };
    }

    private static boolean isIncremental(StreamRead read) {
        return read.mode() == SyncMode.INCREMENTAL;
    }

    /** I4: a state means something only for the stream and the cursor that it was made for. */
    private void requireOwn(Position position, StreamRead read) {
        if (!position.identity().equals(identity(read))) {
            throw Problem.of("E_POSITION_FOREIGN", ProblemKind.CONFIG, "the saved state does not belong to this stream")
                    .at(read.stream().id().toString())
                    .because("it belongs to \"" + position.identity() + "\", and the stream is now \"" + identity(read)
                            + "\"")
                    .fix("read everything anew: `sluice state rewind`")
                    .exception();
        }
    }

    private static PlanResult planned(StreamRead read, PlanToken token) {
        Split split = new Split(SPLIT, read.stream().id().name(), Estimate.NONE);
        return new PlanResult.Planned(new Plan(new ReadPlan(token.toJson(), List.of(split), null)));
    }

    /** Nothing is held open. */
    private record Plan(ReadPlan plan) implements PlannedRead {
        @Override
        public void close() {}
    }

    @Override
    public SplitReader open(StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext context) {
        return open(read, PlanToken.ofJson(plan.token()), after, context, false);
    }

    /** The same; {@code bare} if the fields of the schema do not count and each record is wanted as it is. */
    SplitReader open(StreamRead read, PlanToken token, @Nullable String after, ReadContext context, boolean bare) {
        Surroundings own = surroundings.forReader();
        StreamBuilder builder = new StreamBuilder(requesters.in(own), token.at());
        Component stream = stream(read.stream().id());
        boolean whole = bare
                || Columns.isWhole(read.stream().schema(), new Schemas(builder, own).of(Definitions.described(stream)));
        BatchFiller filler = new BatchFiller(read, whole, context);
        StreamBuilder selecting = whole && !bare ? builder : builder.selecting(names(read.schema()));
        OpenStream opened = selecting.open(stream, token.incremental(), token.state());
        Concurrency concurrency = requesters.concurrency();
        return new SliceReader(opened, own, filler, () -> concurrency.stream(name(stream)), after);
    }

    private static Set<String> names(Schema schema) {
        return schema.fields().stream().map(Field::name).collect(Collectors.toSet());
    }

    @Override
    public @Nullable RecordBatch reread(StreamRead read, RejectedRecord record, ReadContext context) {
        Component stream = Definitions.described(stream(read.stream().id()));
        Object schema = new Schemas(new StreamBuilder(requesters, now()), surroundings).of(stream);
        BatchFiller filler = new BatchFiller(read, Columns.isWhole(read.stream().schema(), schema), context);
        Object value = JsonValues.read(record.original());
        filler.add(Values.mapOrEmpty(value));
        return filler.isEmpty() ? null : filler.build(surroundings.clock());
    }

    @Override
    public @Nullable Position end(StreamRead read, ReadPlan plan, Map<String, SplitProgress> ended) {
        SplitProgress progress = ended.get(SPLIT);
        if (!isIncremental(read) || progress == null || progress.position() == null) {
            return null;
        }
        return new Position(identity(read), Objects.requireNonNull(progress.position()));
    }

    @Override
    public void close() {
        surroundings.stop();
        transport.close();
    }
}
