package dev.sluice.connector.mysql;

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
import dev.sluice.testkit.mysql.MyDatabase;
import dev.sluice.testkit.mysql.MyProduct;
import dev.sluice.testkit.mysql.MyServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** A fresh database of the shared server. */
final class TableFixture implements SourceFixture {
    private static final int ROWS_FOR_SPLITS = 60_000;

    /** The engine of the server allows 1,017 columns, whose short values have to fit into half a page. */
    private static final int MOST_FIELDS = 1_000;

    /** What it takes to log in at a MySQL that offers no TLS; its own way to keep a password from listeners is a key. */
    static final Map<String, Object> WITHOUT_TLS = Map.of("allowPublicKeyRetrieval", "true");

    private final MyDatabase database = MyServer.shared().createDatabase();
    private final Set<String> namespaces = new ConcurrentSkipListSet<>();

    private final Map<String, Object> way;

    /** One that is reached as usual. */
    TableFixture() {
        this(Map.of());
    }

    /** One that is reached with some options set otherwise. */
    TableFixture(Map<String, Object> way) {
        this.way = way;
    }

    /** The options that reach the server, with some of them set otherwise. */
    static Map<String, @Nullable Object> config(MyDatabase database, Map<String, Object> otherwise) {
        Map<String, @Nullable Object> config = database.options(
                database.superuser().user(), database.superuser().password(), Map.of());
        if (database.product() == MyProduct.MYSQL) {
            config.put("driver_properties", WITHOUT_TLS);
        }
        config.putAll(otherwise);
        return config;
    }

    private Source open(ConnectorContext context, Map<String, Object> otherwise) {
        Map<String, @Nullable Object> config = config(database, otherwise);
        config.put("split_size_mb", 1);
        return new MySqlSource().open(Config.of(config), context);
    }

    @Override
    public Source open(ConnectorContext context) {
        return open(context, way);
    }

    @Override
    public List<Misconfigured<Source>> misconfigured() {
        return List.of(
                broken("wrong password", ProblemKind.PERMISSION, Map.of("password", "canary-wrong-7f3a")),
                broken("no such user", ProblemKind.PERMISSION, Map.of("username", "nobody_here")),
                broken("no such database", ProblemKind.CONFIG, Map.of("database", "not_there")),
                broken("nobody listens", ProblemKind.UNREACHABLE, Map.of("port", 1)),
                broken("no such host", ProblemKind.UNREACHABLE, Map.of("host", "no-such-host.invalid")),
                broken(
                        "a bad driver property",
                        ProblemKind.CONFIG,
                        Map.of("driver_properties", Map.of("initSql", "x"))));
    }

    private Misconfigured<Source> broken(String name, ProblemKind kind, Map<String, Object> otherwise) {
        return Misconfigured.ofServer(name, kind, config(database, otherwise), context -> open(context, otherwise));
    }

    @Override
    public SourceTable create(TableSpec spec) {
        if (spec.schema().size() == 0) {
            throw new AssertionError("a table needs a column");
        }
        MyTable table = MyTable.create(database, spec);
        if (spec.namespace() != null) {
            namespaces.add(String.valueOf(table.id().namespace()));
        }
        return table;
    }

    @Override
    public boolean stores(DataType type, String text) {
        return SqlTexts.stores(type, text);
    }

    @Override
    public int mostFields() {
        return MOST_FIELDS;
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
        return Map.of(
                SourceTrait.CHANGE_LOG, "a cursor sees no deletes; that takes the log",
                SourceTrait.FIELDLESS_STREAMS, "the server has no table without a column");
    }

    @Override
    public void close() {
        namespaces.forEach(name -> database.execute("DROP DATABASE IF EXISTS `" + name.replace("`", "``") + "`"));
        database.close();
    }
}
