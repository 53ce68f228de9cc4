package dev.sluice.connector.sqlite;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.KnownStream;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.SourceFixture;
import dev.sluice.testkit.contract.SourceTable;
import dev.sluice.testkit.contract.SourceTrait;
import dev.sluice.testkit.contract.TableSpec;
import dev.sluice.testkit.rows.Row;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** A database file that the tests write and the source reads. */
final class SqliteFixture implements SourceFixture {
    private final Path folder;
    private final SqliteDatabase database;

    /** SQLite lets those wait who come while another one writes, but not in the order in which they came. */
    private final ReentrantLock writing = new ReentrantLock(true);

    /** The last connection that is closed would take the log apart each time. */
    private final Connection held;

    SqliteFixture(Path folder) {
        this.folder = folder;
        this.database = new SqliteDatabase(folder.resolve("source.db"));
        database.execute("PRAGMA journal_mode = WAL", "CREATE TABLE something (id INTEGER PRIMARY KEY)");
        SqliteDatabase.writeNotes(folder.resolve("notes.txt"));
        try {
            held = database.connect();
            held.createStatement().executeUpdate("PRAGMA user_version = 1");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Source open(ConnectorContext context, String path) {
        return new SqliteSource().open(Config.of(Map.of("path", path)), context);
    }

    @Override
    public Source open(ConnectorContext context) {
        return open(context, database.path().toString());
    }

    @Override
    public List<Misconfigured<Source>> misconfigured() {
        return List.of(
                broken("no such file", folder.resolve("missing.db").toString()),
                broken("no such folder", folder.resolve("missing/shop.db").toString()),
                broken("a folder", folder.toString()),
                broken("no database", folder.resolve("notes.txt").toString()),
                broken("in memory", ":memory:"));
    }

    private static Misconfigured<Source> broken(String name, String path) {
        return new Misconfigured<>(name, ProblemKind.CONFIG, Set.of(), context -> open(context, path));
    }

    @Override
    public SourceTable create(TableSpec spec) {
        return new SqliteTable(database, spec, writing);
    }

    @Override
    public boolean stores(DataType type, String text) {
        return SqliteTexts.stores(type, text);
    }

    @Override
    public int rowsForSplits() {
        return 2_000;
    }

    @Override
    public List<DataType> cursorTypes() {
        return List.of(
                new DataType.IntType(64),
                new DataType.TimestampType(6, true),
                new DataType.TimestampType(6, false),
                new DataType.TextType());
    }

    /** One value of each kind in columns that declare nothing, and times in all forms. */
    @Override
    public List<KnownStream> nativeStreams() {
        database.execute(
                "DROP TABLE IF EXISTS own_ways",
                "CREATE TABLE own_ways (k TEXT, n INTEGER, whole, real, anything, number NUMERIC, day DATE, at"
                        + " DATETIME, PRIMARY KEY (k, n)) WITHOUT ROWID",
                "INSERT INTO own_ways VALUES ('a', 1, 9223372036854775807, 0.5, 'x', 12.5, '2024-02-29',"
                        + " '2024-02-29 10:00:00.5'), ('a', 2, 1, 1.5, 7, 3, 0, 1709200800),"
                        + " ('b', 1, NULL, NULL, NULL, 'NaN', 2451544.5, 2460369.9166666665),"
                        + " ('b', 2, NULL, NULL, NULL, NULL, NULL, '2024-02-29T11:00:00+01:00')");
        Schema schema = Schema.of(
                new Field("k", new DataType.TextType()),
                new Field("n", new DataType.IntType(64)),
                new Field("whole", new DataType.IntType(64)),
                new Field("real", new DataType.FloatType(64)),
                new Field("anything", new DataType.TextType()),
                new Field("number", DataType.DecimalType.unconstrained()),
                new Field("day", new DataType.DateType()),
                new Field("at", new DataType.TimestampType(6, false)));
        List<Row> rows = List.of(
                Row.of("a", "1", "9223372036854775807", "0.5", "x", "12.5", "2024-02-29", "2024-02-29T10:00:00.5"),
                Row.of("a", "2", "1", "1.5", "7", "3", "1970-01-01", "2024-02-29T10:00:00"),
                Row.of("b", "1", null, null, null, "NaN", "2000-01-01", "2024-02-29T10:00:00"),
                Row.of("b", "2", null, null, null, null, null, "2024-02-29T10:00:00"));
        return List.of(new KnownStream(StreamId.of(null, "own_ways"), schema, List.of("k", "n"), rows));
    }

    @Override
    public Optional<PoisonedStream> poisonedStream() {
        database.execute(
                "DROP TABLE IF EXISTS poisoned",
                "CREATE TABLE poisoned (id INTEGER PRIMARY KEY, whole INTEGER, word TEXT, day DATE, yes BOOLEAN)",
                "INSERT INTO poisoned VALUES (1, 1, 'one', '2024-01-01', 1), (2, 'two', NULL, NULL, NULL),"
                        + " (3, 0.5, NULL, NULL, NULL), (4, NULL, CAST(x'61ff62' AS TEXT), NULL, NULL),"
                        + " (5, NULL, x'00', NULL, NULL), (6, NULL, NULL, '2023-02-29', NULL),"
                        + " (7, NULL, NULL, NULL, 2), (8, 8, '\uFFFD', NULL, 0)");
        Schema schema = Schema.of(
                new Field("id", new DataType.IntType(64)),
                new Field("whole", new DataType.IntType(64)),
                new Field("word", new DataType.TextType()),
                new Field("day", new DataType.DateType()),
                new Field("yes", new DataType.BoolType()));
        List<Row> rows =
                List.of(Row.of("1", "1", "one", "2024-01-01", "true"), Row.of("8", "8", "\uFFFD", null, "false"));
        return Optional.of(
                new PoisonedStream(new KnownStream(StreamId.of(null, "poisoned"), schema, List.of("id"), rows), 6));
    }

    @Override
    public Map<SourceTrait, String> lacks() {
        return Map.of(
                SourceTrait.CHANGE_LOG, "SQLite keeps no log of changes that could be read",
                SourceTrait.FIELDLESS_STREAMS, "a table of SQLite has at least one column",
                SourceTrait.NAMESPACES, "a file has no schemas",
                SourceTrait.PARALLEL_SPLITS, "one connection alone sees a moment",
                SourceTrait.FUTURE_CURSORS, "a number has no future; for times it is tested",
                SourceTrait.LATE_COMMITS, "one writes at a time, so nobody is late",
                SourceTrait.TABLE_IDENTITY, "SQLite gives tables no number that a new one of the same name has not");
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
