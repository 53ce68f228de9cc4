package dev.sluice.connector.file.source;

import dev.sluice.spi.problem.Problem;
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
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Directories of files of one format, which the contract sees as tables. */
final class FileFixture implements SourceFixture {
    private static final long SPLIT_BYTES = 32 << 10;

    private final FormatWriter writer;
    private final Path place;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, FileTable> tables = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> types = new ConcurrentHashMap<>();
    private final Map<SourceTrait, String> more;

    /**
     * Makes the fixture.
     *
     * @param more what the format lacks beside what all files do
     */
    FileFixture(FormatWriter writer, Map<SourceTrait, String> more) throws IOException {
        this.writer = writer;
        this.more = more;
        this.place = Files.createTempDirectory("sluice-files-");
    }

    @Override
    public Source open(ConnectorContext context) {
        Map<String, String> streams = new LinkedHashMap<>();
        Map<String, String> chosen = new LinkedHashMap<>();
        Map<String, Schema> schemas = new LinkedHashMap<>();
        tables.forEach((name, table) -> {
            streams.put(name, table.pattern());
            schemas.put(name, table.schema());
            chosen.putAll(types.get(name));
        });
        Map<String, Object> config = new LinkedHashMap<>(writer.options(schemas));
        config.putAll(Map.of("streams", streams, "types", chosen, "file_columns", "false", "unknown_keys", "reject"));
        return FileSource.of(Config.of(config), context, SPLIT_BYTES);
    }

    @Override
    public List<Misconfigured<Source>> misconfigured() {
        Path damaged = place.resolve("damaged" + writer.extension());
        try {
            Files.write(damaged, new byte[] {'P', 'A', 'R', '1', 0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return List.of(
                wrong("no such file", ProblemKind.CONFIG, "absent" + writer.extension()),
                wrong("no file of the pattern", ProblemKind.CONFIG, "absent*" + writer.extension()),
                wrong("a directory", ProblemKind.CONFIG, ""),
                wrong(
                        "a damaged file",
                        Set.of(".parquet", ".avro", ".xlsx").contains(writer.extension())
                                ? ProblemKind.DATA
                                : ProblemKind.CONFIG,
                        "damaged" + writer.extension()));
    }

    private Misconfigured<Source> wrong(String name, ProblemKind kind, String path) {
        Config config = Config.of(Map.of("path", place.resolve(path).toString()));
        return new Misconfigured<>(name, kind, Set.of(), context -> FileSource.of(config, context));
    }

    @Override
    public Map<SourceTrait, String> lacks() {
        Map<SourceTrait, String> lacks = new EnumMap<>(SourceTrait.class);
        lacks.put(SourceTrait.PRIMARY_KEYS, "files know no keys");
        lacks.put(SourceTrait.NAMESPACES, "a stream is a path, and has the name that the configuration gives it");
        lacks.put(SourceTrait.FIELDLESS_STREAMS, "a file without a column has nothing to tell its records by");
        lacks.put(SourceTrait.SNAPSHOT, "several files change one after the other");
        lacks.put(
                SourceTrait.CONCURRENT_WRITERS,
                "a file that is written anew while it is read ends the read, rather than mixing two versions");
        lacks.put(SourceTrait.CHANGE_LOG, "files hold the rows as they are");
        lacks.putAll(more);
        return lacks;
    }

    @Override
    public SourceTable create(TableSpec spec) {
        if (spec.namespace() != null
                || spec.schema().size() == 0
                || !spec.schema().names().stream().allMatch(writer::names)) {
            throw Problem.of("E_FIXTURE", ProblemKind.CONFIG, "files cannot hold this table")
                    .exception();
        }
        Map<String, String> columns = new LinkedHashMap<>();
        if (writer.needsTypes()) {
            for (Field field : spec.schema().fields()) {
                columns.put(spec.name() + "." + field.name(), field.type().notation());
            }
        }
        types.put(spec.name(), columns);
        Path directory = place.resolve("table" + numbers.incrementAndGet());
        FileTable table = new FileTable(directory, spec, writer, () -> tables.remove(spec.name()));
        tables.put(spec.name(), table);
        return table;
    }

    @Override
    public boolean stores(DataType type, String text) {
        return writer.stores(type, text);
    }

    @Override
    public Optional<PoisonedStream> poisonedStream() {
        Schema schema = Schema.of(new Field("id", keyType()), new Field("name", new DataType.TextType()));
        FileTable table = (FileTable) create(new TableSpec(null, "poisoned", schema, List.of("id"), null));
        List<Row> rows = IntStream.range(0, 100)
                .mapToObj(i -> Row.of(Integer.toString(i), "name " + i))
                .toList();
        try (SourceTable.Edit edit = table.begin()) {
            edit.insert(rows);
            edit.commit();
        }
        int rejects = table.poison();
        return rejects == 0
                ? Optional.empty()
                : Optional.of(
                        new PoisonedStream(new KnownStream(table.id(), schema, List.of("id"), table.rows()), rejects));
    }

    @Override
    public void close() {
        writer.close();
        try (Stream<Path> paths = Files.walk(place)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
