package dev.sluice.connector.mysql;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.rows.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a stream once. */
final class OneRead {
    private OneRead() {}

    /** A source with small splits. */
    static Source open(MyDatabase database, ConnectorContext context, Map<String, Object> otherwise) {
        Map<String, Object> options = new HashMap<>(Map.of("split_size_mb", 1));
        options.putAll(otherwise);
        return new MySqlSource().open(Config.of(TableFixture.config(database, options)), context);
    }

    static CatalogStream discover(Source source, StreamId id) {
        return source.discover(new DiscoverScope.Only(Set.of(id))).find(id).orElseThrow();
    }

    static StreamRead full(Source source, StreamId id) {
        CatalogStream stream = discover(source, id);
        return new StreamRead(stream, stream.schema(), SyncMode.FULL_REFRESH, null, stream.primaryKey(), false);
    }

    static StreamRead byCursor(Source source, StreamId id, String cursor, boolean deduplicated) {
        CatalogStream stream = discover(source, id);
        return new StreamRead(
                stream, stream.schema(), SyncMode.INCREMENTAL, FieldPath.of(cursor), stream.primaryKey(), deduplicated);
    }

    /** All rows, with the splits read side by side. */
    static List<Row> rows(Source source, StreamId id) {
        return rows(source, full(source, id));
    }

    static List<Row> rows(Source source, StreamRead read) {
        try (StreamReading reading = StreamReading.plan(source, read, new ReadStart.Beginning(), BatchSize.DEFAULT)
                .orElseThrow()) {
            return reading.readAllInParallel(4).rows();
        }
    }

    /** What one incremental read gave. */
    record Increment(List<Row> rows, Position end) {
        List<String> ids() {
            return rows.stream().map(row -> row.text(0)).toList();
        }
    }

    static Increment increment(Source source, StreamRead read, @Nullable Position after) {
        ReadStart start = after == null ? new ReadStart.Beginning() : new ReadStart.After(after);
        try (StreamReading reading = StreamReading.begin(source, read, start)) {
            List<Row> rows = reading.readAll().rows();
            return new Increment(rows, Objects.requireNonNull(reading.end()));
        }
    }
}
