package dev.sluice.connector.postgres;

import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.source.ChangeFields;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.testkit.drive.StreamReading;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresLogin;
import dev.sluice.testkit.rows.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection that reads tables of a database from its log, run after run, as an engine would. */
final class LogHarness {
    private final PostgresDatabase database;
    private final String slot;
    private final TestContext context = new TestContext();
    private final Map<StreamId, Position> positions = new HashMap<>();
    private boolean deduplicated = true;
    private int wait = 60;

    LogHarness(PostgresDatabase database, String slot) {
        this.database = database;
        this.slot = slot;
    }

    /** The same in append mode. */
    LogHarness appending() {
        deduplicated = false;
        return this;
    }

    /** The same, where a first copy waits for open transactions so many seconds. */
    LogHarness waiting(int seconds) {
        wait = seconds;
        return this;
    }

    TestContext context() {
        return context;
    }

    Source open() {
        Source source = new PostgresSource().open(LogFixture.config(database, slot, wait), context);
        source.standing(positions);
        return source;
    }

    /** The source as another role sees it. */
    Source openAs(PostgresLogin login) {
        Config config =
                LogFixture.config(database, slot, wait, Map.of("username", login.user(), "password", login.password()));
        return new PostgresSource().open(config, context);
    }

    StreamRead read(Source source, StreamId id) {
        CatalogStream stream =
                source.discover(new DiscoverScope.Only(Set.of(id))).find(id).orElseThrow();
        return new StreamRead(stream, stream.schema(), SyncMode.INCREMENTAL, null, stream.primaryKey(), deduplicated);
    }

    ReadStart start(StreamId id) {
        Position position = positions.get(id);
        return position == null ? new ReadStart.Beginning() : new ReadStart.After(position);
    }

    /** Reads what is new in a table of the schema public, and says that it is committed. */
    List<Row> next(String table) {
        return next(StreamId.of("public", table));
    }

    List<Row> next(StreamId id) {
        try (Source source = open()) {
            return next(source, read(source, id));
        }
    }

    /** The same with a source that is open, and tables that it looked at before. */
    List<Row> next(Source source, StreamRead read) {
        StreamId id = read.stream().id();
        try (StreamReading reading = StreamReading.begin(source, read, start(id))) {
            List<Row> rows = reading.readAll().rows();
            Position end = Objects.requireNonNull(reading.end());
            positions.put(id, end);
            source.committed(id, end);
            return rows;
        }
    }

    /** The field names of a table, as the rows have them. */
    List<String> fields(StreamId id) {
        try (Source source = open()) {
            return read(source, id).schema().fields().stream()
                    .map(field -> field.name())
                    .toList();
        }
    }

    /** Rows as texts, with what happened to them and without what the log adds. */
    static List<String> plain(List<Row> rows, List<String> fields) {
        return rows.stream()
                .map(row -> row.operation() + " " + values(row, fields))
                .toList();
    }

    /** The values of a row without what the log adds. */
    static List<@Nullable String> values(Row row, List<String> fields) {
        List<@Nullable String> values = new ArrayList<>();
        for (int place = 0; place < fields.size(); place++) {
            if (!ChangeFields.isOne(fields.get(place))) {
                values.add(row.value(place));
            }
        }
        return values;
    }
}
