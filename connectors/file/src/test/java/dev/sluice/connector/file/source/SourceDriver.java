package dev.sluice.connector.file.source;

import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.rows.Row;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A source of files under test, and what an engine does with it. */
final class SourceDriver implements AutoCloseable {
    final TestContext context = new TestContext();
    final FileSource source;

    private SourceDriver(Map<String, Object> config, long splitBytes) {
        source = FileSource.of(Config.of(config), context, splitBytes);
    }

    /** A source of one path or pattern. */
    static SourceDriver of(Path path) {
        return of(Map.of("path", path.toString()));
    }

    static SourceDriver of(Map<String, Object> config) {
        return new SourceDriver(config, ReadPlanner.SPLIT_BYTES);
    }

    static SourceDriver of(Map<String, Object> config, long splitBytes) {
        return new SourceDriver(config, splitBytes);
    }

    /** A source of one path with one more option. */
    static SourceDriver of(Path path, String option, Object value) {
        return of(with(path, option, value));
    }

    static SourceDriver withSplits(Path path, long splitBytes) {
        return withSplits(Map.of("path", path.toString()), splitBytes);
    }

    static SourceDriver withSplits(Map<String, Object> config, long splitBytes) {
        return new SourceDriver(config, splitBytes);
    }

    private static Map<String, Object> with(Path path, String option, Object value) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("path", path.toString());
        config.put(option, value);
        return config;
    }

    Catalog catalog() {
        return source.discover(new DiscoverScope.All());
    }

    /** The only stream. */
    CatalogStream stream() {
        List<CatalogStream> streams = catalog().streams();
        if (streams.size() != 1) {
            throw new AssertionError("there are " + streams.size() + " streams");
        }
        return streams.getFirst();
    }

    StreamRead fullRead() {
        CatalogStream stream = stream();
        return read(stream, stream.schema());
    }

    static StreamRead read(CatalogStream stream, Schema fields) {
        return new StreamRead(stream, fields, SyncMode.FULL_REFRESH, null, List.of(), false);
    }

    StreamRead incrementalRead() {
        CatalogStream stream = stream();
        @Nullable FieldPath cursor = stream.cursor().field();
        return new StreamRead(stream, stream.schema(), SyncMode.INCREMENTAL, cursor, List.of(), false);
    }

    /** A full read of the only stream. */
    StreamReading begin() {
        return StreamReading.begin(source, fullRead(), new ReadStart.Beginning());
    }

    /** A full read in batches of the usual size. */
    StreamReading beginInLargeBatches() {
        return StreamReading.plan(source, fullRead(), new ReadStart.Beginning(), BatchSize.DEFAULT)
                .orElseThrow();
    }

    /** All rows of the only stream. */
    List<Row> rows() {
        try (StreamReading reading = begin()) {
            return reading.readAll().rows();
        }
    }

    /** A read of what came after a position, or of everything. */
    StreamReading increment(@Nullable Position after) {
        ReadStart start = after == null ? new ReadStart.Beginning() : new ReadStart.After(after);
        return StreamReading.begin(source, incrementalRead(), start);
    }

    /** The problem that something has to end with. */
    static Problem problemOf(Callable<?> action) {
        try {
            Object result = action.call();
            throw new AssertionError("there was no problem but " + result);
        } catch (ProblemException failure) {
            return failure.problem();
        } catch (Exception other) {
            throw new AssertionError("a connector fails with a ProblemException, not with " + other, other);
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
