package dev.sluice.testkit.contract;

import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.source.ChangeFields;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitProgress;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A source without the fields that a log adds to rows, and which confirms nothing, as several reads share its log.
 *
 * @param source the source
 */
public record PlainLogSource(Source source) implements Source {
    @Override
    public CheckReport check() {
        return source.check();
    }

    @Override
    public Catalog discover(DiscoverScope scope) {
        return new Catalog(source.discover(scope).streams().stream()
                .map(PlainLogSource::withoutChangeFields)
                .toList());
    }

    private static CatalogStream withoutChangeFields(CatalogStream stream) {
        Schema own = new Schema(stream.schema().fields().stream()
                .filter(field -> !ChangeFields.isOne(field.name()))
                .toList());
        return new CatalogStream(
                stream.id(),
                own,
                stream.syncModes(),
                stream.cursor(),
                stream.primaryKey(),
                stream.resumable(),
                stream.estimate());
    }

    @Override
    public PlanResult plan(StreamRead read, ReadStart start) {
        return source.plan(read, start);
    }

    @Override
    public SplitReader open(StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext context) {
        return source.open(read, plan, split, after, context);
    }

    @Override
    public @Nullable Position end(StreamRead read, ReadPlan plan, Map<String, SplitProgress> ended) {
        return source.end(read, plan, ended);
    }

    @Override
    public void committed(StreamId stream, Position position) {
        // Two increments of one stream stand at two places, which no connection has.
    }

    @Override
    public void close() {
        source.close();
    }
}
