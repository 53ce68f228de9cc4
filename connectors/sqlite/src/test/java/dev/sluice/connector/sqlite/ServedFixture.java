package dev.sluice.connector.sqlite;

import dev.sluice.airbyte.source.AirbyteSourceConnector;
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
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A database file that is read by a program which speaks the Airbyte protocol, and serves our own connector. */
final class ServedFixture implements SourceFixture {
    private final Path folder;
    private final SqliteFixture own;
    private final ServedProgram program;

    ServedFixture(Path folder) {
        this.folder = folder;
        this.own = new SqliteFixture(folder);
        this.program = new ServedProgram(folder, new SqliteSource());
    }

    private Source open(ConnectorContext context, String path) {
        return new AirbyteSourceConnector()
                .open(Config.of(Map.of("command", program.command(), "config", Map.of("path", path))), context);
    }

    @Override
    public Source open(ConnectorContext context) {
        return open(context, folder.resolve("source.db").toString());
    }

    @Override
    public List<Misconfigured<Source>> misconfigured() {
        return List.of(
                broken("no such file", folder.resolve("missing.db").toString()),
                broken("no database", folder.resolve("notes.txt").toString()));
    }

    private Misconfigured<Source> broken(String name, String path) {
        return new Misconfigured<>(name, ProblemKind.CONFIG, Set.of(), context -> open(context, path));
    }

    @Override
    public SourceTable create(TableSpec spec) {
        return own.create(spec);
    }

    /** Only types that a JSON schema tells from all others. */
    @Override
    public boolean stores(DataType type, String text) {
        return own.stores(type, text)
                && switch (type) {
                    case DataType.BoolType ignored -> true;
                    case DataType.IntType ignored -> true;
                    case DataType.TextType ignored -> true;
                    case DataType.DateType ignored -> true;
                    case DataType.TimestampType(int precision, boolean ignored) -> precision == 6;
                    default -> false;
                };
    }

    @Override
    public List<KnownStream> nativeStreams() {
        return List.of();
    }

    @Override
    public int rowsForSplits() {
        return own.rowsForSplits();
    }

    @Override
    public List<DataType> cursorTypes() {
        return List.of(new DataType.IntType(64));
    }

    @Override
    public Map<SourceTrait, String> lacks() {
        Map<SourceTrait, String> lacks = new EnumMap<>(own.lacks());
        lacks.put(
                SourceTrait.PLAN_IDENTITY,
                "what a read is divided into is up to the program, and its state is looked at there");
        lacks.put(SourceTrait.CONCURRENT_WRITERS, "played with the connector itself; each look would start programs");
        return lacks;
    }

    @Override
    public void close() {
        program.close();
        own.close();
    }
}
