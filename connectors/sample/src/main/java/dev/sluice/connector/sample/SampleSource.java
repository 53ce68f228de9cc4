package dev.sluice.connector.sample;

import dev.sluice.connector.sample.content.SampleStream;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.Cursor;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
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
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A configured source of made-up rows. Holds nothing open. */
final class SampleSource implements Source {
    private final SampleSettings settings;
    private final ConnectorContext context;
    private final List<SampleStream> streams;

    SampleSource(SampleSettings settings, ConnectorContext context) {
        this.settings = settings;
        this.context = context;
        this.streams = settings.recipe().streams();
    }

    @Override
    public CheckReport check() {
        return new CheckReport(List.of(CheckReport.Step.ok(
                "make up data",
                settings.recipe().count() + " users and purchases, from the seed "
                        + settings.recipe().seed())));
    }

    @Override
    public Catalog discover(DiscoverScope scope) {
        return new Catalog(streams.stream()
                .map(this::describe)
                .filter(stream -> isIn(scope, stream.id()))
                .toList());
    }

    private static boolean isIn(DiscoverScope scope, StreamId id) {
        return switch (scope) {
            case DiscoverScope.All() -> true;
            case DiscoverScope.Only(Set<StreamId> only) -> only.contains(id);
        };
    }

    private CatalogStream describe(SampleStream stream) {
        return new CatalogStream(
                StreamId.of(stream.name()),
                stream.schema(),
                Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL),
                new Cursor(FieldPath.of(SampleStream.CURSOR), true),
                List.of(FieldPath.of(SampleStream.KEY)),
                true,
                new Estimate(stream.history().lastId(settings.version()), Estimate.UNKNOWN));
    }

    private SampleStream stream(StreamRead read) {
        StreamId id = read.stream().id();
        return streams.stream()
                .filter(stream -> StreamId.of(stream.name()).equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id));
    }

    private ProblemException unknown(StreamId id) {
        List<String> names = streams.stream().map(SampleStream::name).toList();
        return Problem.of("E_STREAM_NOT_FOUND", ProblemKind.CONFIG, "the source has no stream " + id)
                .because("its streams are " + String.join(", ", names))
                .fix(NearNames.nearest(id.name(), names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse(null))
                .exception();
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        return new ReadPlanner(settings, stream(read)).plan(read, start);
    }

    @Override
    public SplitReader open(
            StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext readContext) {
        SampleStream stream = stream(read);
        IdRange range = IdRange.of(split);
        RangeReader.Content content = new RangeReader.Content(
                stream.history(), stream.filler(read.schema()), token(plan), settings.operations());
        return new RangeReader(content, range.start(after), range.to(), readContext.batchSize(), context.clock());
    }

    private static PlanToken token(ReadPlan plan) {
        try {
            return PlanToken.ofJson(plan.token());
        } catch (IllegalArgumentException damaged) {
            throw Problem.of("E_POSITION_DAMAGED", ProblemKind.INTEGRITY, "the saved plan of the read cannot be used")
                    .because(damaged.getMessage())
                    .fix("read the stream anew: `sluice state rewind`")
                    .exception(damaged);
        }
    }

    @Override
    public void close() {}
}
