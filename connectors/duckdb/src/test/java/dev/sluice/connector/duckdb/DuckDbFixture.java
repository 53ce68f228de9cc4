package dev.sluice.connector.duckdb;

import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.duckdb.DuckDbOptions;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A database file that the tests write and the source reads. */
final class DuckDbFixture implements SourceFixture {
    /** Above two row groups of DuckDB's storage a table has several splits. */
    private static final int ROWS_FOR_SPLITS = 250_000;

    private final Path folder;
    private final Path file;
    private @Nullable DuckDb held;

    DuckDbFixture(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("source.duckdb");
        try {
            Files.writeString(folder.resolve("notes.txt"), "These are notes and no database.\n".repeat(500));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        execute("SELECT 1"); // makes the file
    }

    private void execute(String sql) {
        try (DuckDb database = DuckDb.open(DuckDbOptions.file(file));
                DuckDbConnection connection = database.connect()) {
            connection.execute(sql);
        }
    }

    private static Source open(ConnectorContext context, String path) {
        return new DuckDbSource().open(Config.of(Map.of("path", path)), context);
    }

    @Override
    public Source open(ConnectorContext context) {
        return open(context, file.toString());
    }

    @Override
    public List<Misconfigured<Source>> misconfigured() {
        return List.of(
                broken("no such file", folder.resolve("missing.duckdb").toString()),
                broken("no such folder", folder.resolve("missing/shop.duckdb").toString()),
                broken("a folder", folder.toString()),
                broken("no database", folder.resolve("notes.txt").toString()),
                broken("in memory", ":memory:"));
    }

    private static Misconfigured<Source> broken(String name, String path) {
        return new Misconfigured<>(name, ProblemKind.CONFIG, Set.of(), context -> open(context, path));
    }

    @Override
    public SourceTable create(TableSpec spec) {
        holdOpen(false);
        return new DuckDbTable(file, spec, rows -> {
            if (rows == ROWS_FOR_SPLITS) {
                holdOpen(true);
            }
        });
    }

    /**
     * DuckDB keeps writers away while a file is read, unless the process has it open for writing already. Large tables are
     * read beside writers, small ones alone, so that the contract meets both.
     */
    private synchronized void holdOpen(boolean open) {
        if (held != null) {
            held.close();
            held = null;
        }
        if (open) {
            held = DuckDb.open(DuckDbOptions.file(file));
        }
    }

    @Override
    public boolean stores(DataType type, String text) {
        return DuckDbTexts.isStored(type, text);
    }

    /** Types that only DuckDB has, and how they come out. */
    @Override
    public List<KnownStream> nativeStreams() {
        execute("""
            CREATE TABLE own_types (
                id BIGINT PRIMARY KEY, huge HUGEINT, unsigned UBIGINT, mood ENUM ('sad', 'glad'), words VARCHAR[],
                pair STRUCT(a INTEGER, b VARCHAR), lookup MAP(VARCHAR, INTEGER), span INTERVAL, flags BIT);
            INSERT INTO own_types VALUES
                (1, 170141183460469231731687303715884105727, 18446744073709551615, 'glad', ['a', NULL, 'c"d'],
                 {'a': 1, 'b': 'x'}, MAP {'k': 7}, INTERVAL '1 day 2 hours', '101'),
                (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)\
            """);
        Schema schema = Schema.of(
                new Field("id", new DataType.IntType(64)),
                new Field("huge", new DataType.DecimalType(39, 0)),
                new Field("unsigned", new DataType.DecimalType(20, 0)),
                new Field("mood", new DataType.TextType()),
                new Field("words", new DataType.ArrayType(new DataType.TextType())),
                new Field(
                        "pair",
                        new DataType.ObjectType(List.of(
                                new Field("a", new DataType.IntType(32)), new Field("b", new DataType.TextType())))),
                new Field("lookup", new DataType.ObjectType(List.of())),
                new Field("span", new DataType.UnknownType("INTERVAL")),
                new Field("flags", new DataType.UnknownType("BIT")));
        Row full = Row.of(
                "1",
                "170141183460469231731687303715884105727",
                "18446744073709551615",
                "glad",
                "[\"a\",null,\"c\\\"d\"]",
                "{\"a\":1,\"b\":\"x\"}",
                "{\"k\":7}",
                "1 day 02:00:00",
                "101");
        Row empty = Row.of("2", null, null, null, null, null, null, null, null);
        return List.of(new KnownStream(StreamId.of("main", "own_types"), schema, List.of("id"), List.of(full, empty)));
    }

    @Override
    public int rowsForSplits() {
        return ROWS_FOR_SPLITS;
    }

    @Override
    public Map<SourceTrait, String> lacks() {
        return Map.of(
                SourceTrait.CHANGE_LOG, "DuckDB keeps no log of changes that could be read",
                SourceTrait.FIELDLESS_STREAMS, "a table of DuckDB has at least one column",
                SourceTrait.FUTURE_CURSORS, "a number has no future; for times it is tested in IncrementalReadTest",
                SourceTrait.TABLE_IDENTITY, "DuckDB gives tables new numbers each time that it opens the file");
    }

    @Override
    public void close() {
        holdOpen(false);
    }
}
