package dev.sluice.lowcode.source;

import dev.sluice.lowcode.TestHost;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.RejectedRecord;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens manifests and reads their streams as the engine does. */
final class Reading extends TestHost {
    private Optional<Path> files = Optional.empty();

    Reading() {
        super("2024-03-10T00:00:00Z");
    }

    /** Keeps files in a folder from now on. */
    void filesIn(Path folder) {
        files = Optional.of(folder);
    }

    Optional<Path> files() {
        return files;
    }

    /** What a read gave. */
    record Result(List<Map<String, String>> rows, @Nullable Position end) {
        /** The values of one field. */
        List<String> all(String field) {
            return rows.stream().map(row -> row.getOrDefault(field, "")).toList();
        }
    }

    void at(String instant) {
        at(Instant.parse(instant));
    }

    /** Begins at the time that it is, to the millisecond. */
    void atNow() {
        at(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    Source open(String manifest, Map<String, ?> config) {
        return new ManifestConnector("test", "manifest.yaml", manifest)
                .open(Config.of(config), this, (time, surroundings) -> later(time), files);
    }

    CatalogStream stream(Source source, String name) {
        return source.discover(new DiscoverScope.Only(Set.of(StreamId.of(name))))
                .find(StreamId.of(name))
                .orElseThrow();
    }

    Result full(Source source, String name) {
        return read(source, name, SyncMode.FULL_REFRESH, new ReadStart.Beginning());
    }

    Result incremental(Source source, String name, @Nullable Position after) {
        ReadStart start = after == null ? new ReadStart.Beginning() : new ReadStart.After(after);
        return read(source, name, SyncMode.INCREMENTAL, start);
    }

    StreamRead wish(Source source, String name, SyncMode mode) {
        CatalogStream stream = stream(source, name);
        return new StreamRead(stream, stream.schema(), mode, stream.cursor().field(), stream.primaryKey(), false);
    }

    Result read(Source source, String name, SyncMode mode, ReadStart start) {
        StreamRead read = wish(source, name, mode);
        if (!(source.plan(read, start) instanceof PlanResult.Planned(var planned))) {
            throw new AssertionError("the read cannot go on");
        }
        ReadPlan plan = planned.plan();
        List<Map<String, String>> rows = new ArrayList<>();
        Map<String, SplitProgress> ended = new LinkedHashMap<>();
        for (Split split : plan.splits()) {
            try (SplitReader reader = source.open(read, plan, split, null, new Host())) {
                for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                    rows.addAll(rows(batch));
                }
                ended.put(split.id(), new SplitProgress(reader.end(), true, rows.size()));
            }
        }
        return new Result(rows, source.end(read, plan, ended));
    }

    static List<Map<String, String>> rows(RecordBatch batch) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < batch.schema().size(); i++) {
                Column column = batch.column(i);
                String name = batch.schema().field(i).name();
                if (column instanceof BytesColumn bytes && bytes.isPresent(row)) {
                    values.put(name, bytes.text(row));
                } else {
                    ValueText.of(batch.schema().field(i).type(), column, row).ifPresent(text -> values.put(name, text));
                }
            }
            rows.add(values);
        }
        return rows;
    }

    /** The host of a reader; it takes every value and keeps what is rejected. */
    final class Host implements ReadContext {
        @Override
        public BatchSize batchSize() {
            return new BatchSize(3, 1 << 20);
        }

        @Override
        public boolean admitLargeValue(long bytes) {
            return true;
        }

        @Override
        public void reject(RejectedRecord record) {
            Reading.this.reject(record);
        }
    }

    Duration since(String instant) {
        return Duration.between(Instant.parse(instant), clock().instant());
    }
}
