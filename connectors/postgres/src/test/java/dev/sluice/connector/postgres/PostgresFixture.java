package dev.sluice.connector.postgres;

import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.contract.KnownStream;
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

/** A fresh database of the shared server. */
final class PostgresFixture implements SourceFixture {
    private static final int ROWS_FOR_SPLITS = 60_000;

    private final PostgresDatabase database = PostgresServer.shared().createDatabase();

    private final Map<String, Object> way;

    /** One that is reached as usual. */
    PostgresFixture() {
        this(Map.of());
    }

    /** One that is reached with some options set otherwise. */
    PostgresFixture(Map<String, Object> way) {
        this.way = way;
    }

    /** The options that reach the database, with some of them set otherwise. */
    static Map<String, @Nullable Object> config(PostgresDatabase database, Map<String, Object> otherwise) {
        Map<String, Object> options = new HashMap<>(Map.of("database", database.name()));
        options.putAll(otherwise);
        return database.options(
                database.superuser().user(), database.superuser().password(), options);
    }

    private Source open(ConnectorContext context, Map<String, Object> otherwise) {
        Map<String, @Nullable Object> config = config(database, otherwise);
        config.put("split_size_mb", 1);
        return new PostgresSource().open(Config.of(config), context);
    }

    @Override
    public Source open(ConnectorContext context) {
        return open(context, way);
    }

    @Override
    public List<Misconfigured<Source>> misconfigured() {
        return List.of(
                broken("wrong password", ProblemKind.PERMISSION, Map.of("password", "canary-wrong-7f3a")),
                broken("no such role", ProblemKind.PERMISSION, Map.of("username", "nobody_here")),
                broken("no such database", ProblemKind.CONFIG, Map.of("database", "not_there")),
                broken("nobody listens", ProblemKind.UNREACHABLE, Map.of("port", 1)),
                broken("no such host", ProblemKind.UNREACHABLE, Map.of("host", "no-such-host.invalid")));
    }

    private Misconfigured<Source> broken(String name, ProblemKind kind, Map<String, Object> otherwise) {
        return Misconfigured.ofServer(name, kind, config(database, otherwise), context -> open(context, otherwise));
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
    public List<KnownStream> nativeStreams() {
        return NativeTypes.create(database);
    }

    @Override
    public int rowsForSplits() {
        return ROWS_FOR_SPLITS;
    }

    @Override
    public Map<SourceTrait, String> lacks() {
        return Map.of(SourceTrait.CHANGE_LOG, "a cursor sees no deletes; that takes the log");
    }

    @Override
    public void close() {
        database.close();
    }
}
