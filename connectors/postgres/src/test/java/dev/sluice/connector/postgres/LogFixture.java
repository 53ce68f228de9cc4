package dev.sluice.connector.postgres;

import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.PlainLogSource;
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
        return new PlainLogSource(new PostgresSource().open(config(database, slot(context), 60), context));
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
}
