package dev.sluice.engine.plan;

import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.source.StreamRead;
import java.util.ArrayList;
import java.util.List;

/** What a connection would read, without any destination: for looking at rows before they are copied. */
public final class PlannedReads {
    private PlannedReads() {}

    /** Why streams that the settings choose cannot be read. */
    public static List<Catalog.Unreadable> unreadable(List<StreamSettings> settings, Catalog catalog) {
        return StreamMatcher.unreadable(settings, catalog);
    }

    /**
     * The streams that the settings choose, each to be read from its beginning with its selected fields.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if a selected field does not exist
     */
    public static List<StreamRead> of(List<StreamSettings> settings, Catalog catalog) {
        List<StreamRead> reads = new ArrayList<>();
        for (StreamMatcher.Match match : StreamMatcher.match(settings, catalog)) {
            for (CatalogStream stream : match.streams()) {
                reads.add(new StreamRead(
                        stream,
                        FieldChoice.select(stream, match.settings().fields()),
                        SyncMode.FULL_REFRESH,
                        null,
                        stream.primaryKey(),
                        false));
            }
        }
        return reads;
    }
}
