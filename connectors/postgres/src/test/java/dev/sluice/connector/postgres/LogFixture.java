package dev.sluice.connector.postgres;

import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.ChangeFields;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.source.PlanResult;
import dev.sluice.spi.source.Position;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.ReadPlan;
import dev.sluice.spi.source.ReadStart;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.Split;
import dev.sluice.spi.source.SplitReader;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.contract.SourceTable;
import dev.sluice.testkit.contract.SourceTrait;
import dev.sluice.testkit.contract.TableSpec;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fresh database of the shared server, whose increments are read from the log. Each test has a slot of its own. */
final class LogFixture implements SourceFixture {
    private final PostgresDatabase database = PostgresServer.shared().createDatabase();
    private int slots;
    private @Nullable ConnectorContext latest;

    /** The options by which the log of a database is read. */
    static Config config(PostgresDatabase database, String slot, int wait) {
        return config(database, slot, wait, Map.of());
    }

    /** The same with some options set otherwise. */
    static Config config(PostgresDatabase database, String slot, int wait, Map<String, Object> otherwise) {
        Map<String, @Nullable Object> config = PostgresFixture.config(database, otherwise);
        config.put(
                "replication_method",
                new HashMap<>(Map.of("method", "cdc", "replication_slot", slot, "initial_waiting_seconds", wait)));
        return Config.of(config);
    }

    /** A slot for each test; that of the test before is dropped, lest the server keeps its log. */
    private synchronized String slot(ConnectorContext context) {
        if (!context.equals(latest)) {
            latest = context;
            slots++;
            database.query("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                    + " WHERE database = current_database() AND NOT active");
        }
        return database.name() + "_" + slots;
    }

    @Override
    public Source open(ConnectorContext context) {
        return new Plain(new PostgresSource().open(config(database, slot(context), 60), context));
    }

    @Override
    public List<Misconfigured<Source>> misconfigured() {
        return List.of(Misconfigured.ofServer(
                "nobody listens",
                ProblemKind.UNREACHABLE,
                PostgresFixture.config(database, Map.of("port", 1)),
                this::open));
    }

    @Override
    public SourceTable create(TableSpec spec) {
        return PostgresTable.create(database, spec);
    }

    @Override
    public boolean stores(DataType type, String text) {
        return SqlTexts.stores(type, text);
    }

    @Override
    public Map<SourceTrait, String> lacks() {
        return Map.of(
                SourceTrait.COPY_BESIDE_WRITERS,
                "the place where the log begins has no transaction on both sides, so the server waits for open ones");
    }

    @Override
    public void close() {
        database.close();
    }

    /** A source without the fields that the log adds, and which confirms nothing, as several reads share its slot. */
    private record Plain(Source source) implements Source {
        @Override
        public CheckReport check() {
            return source.check();
        }

        @Override
        public Catalog discover(DiscoverScope scope) {
            return new Catalog(source.discover(scope).streams().stream()
                    .map(Plain::withoutChangeFields)
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
        public SplitReader open(
                StreamRead read, ReadPlan plan, Split split, @Nullable String after, ReadContext context) {
            return source.open(read, plan, split, after, context);
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
}
