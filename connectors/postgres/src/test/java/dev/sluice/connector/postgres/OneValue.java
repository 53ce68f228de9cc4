package dev.sluice.connector.postgres;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import java.util.Set;

/** Reads a relation of one row and one column. */
final class OneValue {
    private OneValue() {}

    static String read(Source source, String relation) {
        StreamId id = StreamId.of("public", relation);
        CatalogStream stream =
                source.discover(new DiscoverScope.Only(Set.of(id))).find(id).orElseThrow();
        StreamRead read =
                new StreamRead(stream, stream.schema(), SyncMode.FULL_REFRESH, null, stream.primaryKey(), false);
        try (StreamReading reading = StreamReading.begin(source, read, new ReadStart.Beginning())) {
            return reading.readAll().rows().getFirst().text(0);
        }
    }
}
