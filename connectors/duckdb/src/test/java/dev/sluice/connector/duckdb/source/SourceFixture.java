package dev.sluice.connector.duckdb.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.duckdb.DuckDbSource;
import dev.sluice.connector.duckdb.TestHost;
import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.PlannedRead;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A database file, a source of it, and reads of its streams. */
final class SourceFixture implements AutoCloseable {
    final Path file;
    final TestHost host;
    final Source source;

    SourceFixture(Path file, Map<String, Object> options) {
        this(file, options, new TestHost());
    }

    SourceFixture(Path file, Map<String, Object> options, TestHost host) {
        this.file = file;
        this.host = host;
        Map<String, Object> config = new LinkedHashMap<>(options);
        config.put("path", file.toString());
        this.source = new DuckDbSource().open(Config.of(config), host);
    }

    void sql(String sql) {
        try (DuckDb database = DuckDb.open(DuckDbOptions.file(file));
                DuckDbConnection connection = database.connect()) {
            connection.execute(sql);
        }
    }

    CatalogStream stream(String schema, String name) {
        StreamId id = StreamId.of(schema, name);
        return source.discover(new DiscoverScope.Only(Set.of(id))).find(id).orElseThrow();
    }

    StreamRead full(String table) {
        CatalogStream stream = stream("main", table);
        return new StreamRead(stream, stream.schema(), SyncMode.FULL_REFRESH, null, List.of(), false);
    }

    StreamRead incremental(String table, String cursor, boolean deduplicated) {
        CatalogStream stream = stream("main", table);
        return new StreamRead(
                stream, stream.schema(), SyncMode.INCREMENTAL, FieldPath.of(cursor), List.of(), deduplicated);
    }

    /** What a read gave. */
    record Result(
            List<List<@Nullable String>> rows, @Nullable Position end, ReadPlan plan) {
        /** The texts of the first column, sorted. */
        List<String> first() {
            return rows.stream()
                    .map(row -> String.valueOf(row.getFirst()))
                    .sorted()
                    .toList();
        }
    }

    Result read(StreamRead read, @Nullable Position after) {
        ReadStart start = after == null ? new ReadStart.Beginning() : new ReadStart.After(after);
        try (PlannedRead planned = planned(read, start)) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            for (Split split : planned.plan().splits()) {
                rows.addAll(readSplit(read, planned.plan(), split, null));
            }
            return new Result(rows, planned.plan().end(), planned.plan());
        }
    }

    PlannedRead planned(StreamRead read, ReadStart start) {
        PlanResult result = source.plan(read, start);
        assertThat(result).isInstanceOf(PlanResult.Planned.class);
        return ((PlanResult.Planned) result).read();
    }

    /** All rows of a split, whose number must be the one that the source reports. */
    List<List<@Nullable String>> readSplit(StreamRead read, ReadPlan plan, Split split, @Nullable String after) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (SplitReader reader = source.open(read, plan, split, after, host)) {
            for (RecordBatch batch = reader.read(); batch != null; batch = reader.read()) {
                assertThat(batch.rows()).isPositive();
                assertThat(batch.schema()).isEqualTo(read.schema());
                rows.addAll(texts(batch));
            }
            assertThat(reader.reportedRows()).isEqualTo(rows.size());
        }
        return rows;
    }

    static List<List<@Nullable String>> texts(RecordBatch batch) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 0; i < batch.schema().size(); i++) {
                Field field = batch.schema().field(i);
                values.add(ValueText.of(field.type(), batch.column(i), row).orElse(null));
            }
            rows.add(values);
        }
        return rows;
    }

    @Override
    public void close() {
        source.close();
    }
}
