package dev.sluice.engine.plan;

import dev.sluice.engine.connection.ObjectSettings;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.map.Mapping;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a connection would read, without any destination: for looking at rows before they are copied. */
public final class PlannedReads {
    private PlannedReads() {}

    /** Why streams that the settings choose cannot be read. */
    public static List<Catalog.Unreadable> unreadable(List<StreamSettings> settings, Catalog catalog) {
        return StreamMatcher.unreadable(settings, catalog);
    }

    /** The settings that a stream belongs to; empty if none of them mean it. */
    public static Optional<StreamSettings> owner(List<StreamSettings> settings, StreamId stream) {
        return StreamMatcher.owner(settings, stream);
    }

    /**
     * A read and what is done to its rows.
     *
     * @param read what is read
     * @param mapping what is done
     */
    public record Mapped(StreamRead read, Mapping mapping) {}

    /**
     * The streams that the settings choose, each to be read from its beginning with its selected fields.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if a selected field does not exist, or a
     *     mapper cannot do its work
     */
    public static List<Mapped> of(List<StreamSettings> settings, Catalog catalog) {
        return of(settings, catalog, null);
    }

    /** True if rows of some streams become objects, which only the destination knows. */
    public static boolean needsDestination(List<StreamSettings> settings) {
        return settings.stream().anyMatch(each -> each.rows().object() != null);
    }

    /**
     * The same, with the rows that become objects as the destination gets them.
     *
     * @param destination tells what its objects take; null to leave such rows as their mappers do
     */
    public static List<Mapped> of(List<StreamSettings> settings, Catalog catalog, @Nullable Destination destination) {
        List<Mapped> reads = new ArrayList<>();
        for (StreamMatcher.Match match : StreamMatcher.match(settings, catalog)) {
            for (CatalogStream stream : match.streams()) {
                Schema schema = FieldChoice.select(stream, match.settings().fields());
                Mapping mappers = StreamMapping.of(stream, match.settings(), schema);
                ObjectSettings objects = match.settings().rows().object();
                Mapping mapping = objects == null || destination == null
                        ? mappers
                        : ObjectPlanner.plan(stream, match.settings(), objects, mappers, destination)
                                .mapping();
                StreamRead read = new StreamRead(
                        stream, schema, SyncMode.FULL_REFRESH, null, stream.primaryKey(), false, mapping.prefilter());
                reads.add(new Mapped(read, mapping));
            }
        }
        return reads;
    }
}
