package dev.sluice.testkit.drive;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.ChangeFields;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connection that reads tables from a server's log, run after run, as an engine would. For one thread. */
public class LogRuns {
    private final String namespace;
    private final Function<ConnectorContext, Source> opening;
    private final TestContext context = new TestContext();
    private final Map<StreamId, Position> positions = new HashMap<>();
    private boolean deduplicated = true;

    /**
     * Begins without a run.
     *
     * @param namespace where tables stand that are named without one
     * @param opening opens the source
     */
    public LogRuns(String namespace, Function<ConnectorContext, Source> opening) {
        this.namespace = namespace;
        this.opening = opening;
    }

    /** The same in append mode. */
    public final LogRuns appending() {
        deduplicated = false;
        return this;
    }

    /** The host of all runs. */
    public final TestContext context() {
        return context;
    }

    /** The identity of a table. */
    public final StreamId id(String table) {
        return StreamId.of(namespace, table);
    }

    /** Opens the source, and tells it where its streams stand. */
    public final Source open() {
        Source source = opening.apply(context);
        source.standing(positions);
        return source;
    }

    /** A read of all fields of a stream. */
    public final StreamRead read(Source source, StreamId id) {
        CatalogStream stream =
                source.discover(new DiscoverScope.Only(Set.of(id))).find(id).orElseThrow();
        return new StreamRead(stream, stream.schema(), SyncMode.INCREMENTAL, null, stream.primaryKey(), deduplicated);
    }

    /** Where the next read of a stream begins. */
    public final ReadStart start(StreamId id) {
        Position position = positions.get(id);
        return position == null ? new ReadStart.Beginning() : new ReadStart.After(position);
    }

    /** Where a stream stands. */
    public final Position position(String table) {
        return Objects.requireNonNull(positions.get(id(table)));
    }

    /** Lets a stream stand elsewhere. */
    public final void stand(String table, Position position) {
        positions.put(id(table), position);
    }

    /** Reads what is new in a table, and says that it is committed. */
    public final List<Row> next(String table) {
        return next(id(table));
    }

    /** The same for a stream. */
    public final List<Row> next(StreamId id) {
        try (Source source = open()) {
            return next(source, read(source, id));
        }
    }

    /** The same with a source that is open, and tables that it looked at before. */
    public final List<Row> next(Source source, StreamRead read) {
        StreamId id = read.stream().id();
        try (StreamReading reading = StreamReading.begin(source, read, start(id))) {
            List<Row> rows = reading.readAll().rows();
            Position end = Objects.requireNonNull(reading.end());
            positions.put(id, end);
            source.committed(id, end);
            return rows;
        }
    }

    /** Reads what is new in a table, as texts without what the log adds. */
    public final List<String> changes(String table) {
        return plain(next(table), fields(id(table)));
    }

    /** The field names of a table, as the rows have them. */
    public final List<String> fields(StreamId id) {
        try (Source source = open()) {
            return read(source, id).schema().fields().stream()
                    .map(field -> field.name())
                    .toList();
        }
    }

    /** Rows as texts, with what happened to them and without what the log adds. */
    public static List<String> plain(List<Row> rows, List<String> fields) {
        return rows.stream()
                .map(row -> row.operation() + " " + values(row, fields))
                .toList();
    }

    /** The values of a row without what the log adds. */
    public static List<@Nullable String> values(Row row, List<String> fields) {
        List<@Nullable String> values = new ArrayList<>();
        for (int place = 0; place < fields.size(); place++) {
            if (!ChangeFields.isOne(fields.get(place))) {
                values.add(row.value(place));
            }
        }
        return values;
    }
}
