package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.destination.Writer;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.drive.TargetRun;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.host.TestWriteContext;
import dev.sluice.testkit.rows.BatchMaker;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder that a test writes streams into, with the options of its choice. */
final class Lake implements AutoCloseable {
    static final Field ID = new Field("id", new DataType.IntType(64));
    static final Field COUNTRY = new Field("country", new DataType.TextType());
    static final Schema SCHEMA = Schema.of(ID, COUNTRY);
    static final Owner OWNER = new Owner("5a3f2c1e-0d4b-4e6a-9f7c-1b2d3e4f5a6b", "lake", false);
    static final Owner TAKING = new Owner("5a3f2c1e-0d4b-4e6a-9f7c-1b2d3e4f5a6b", "lake", true);

    final Path root = TemporaryFolder.make();
    private final Map<String, @Nullable Object> options = new LinkedHashMap<>();
    private Disk disk = new Disk();
    private long runs;

    /** The same lake with an option. */
    Lake with(String option, Object value) {
        options.put(option, value);
        return this;
    }

    /** The same lake on another disk. */
    Lake on(Disk other) {
        disk = other;
        return this;
    }

    Destination open() {
        Map<String, @Nullable Object> config = new LinkedHashMap<>(options);
        config.putIfAbsent("path", root + "/");
        return FileDestination.of(Config.of(config), new TestContext(), disk);
    }

    static TargetSpec spec(String stream, Schema schema, DestinationSyncMode mode) {
        return new TargetSpec(
                OWNER,
                StreamId.of(stream),
                new TargetName(null, stream),
                schema,
                new WriteMode(mode, List.of(), null),
                new Generation(0, 0, 0));
    }

    static TargetSpec ownedBy(Owner owner, TargetSpec spec) {
        return new TargetSpec(owner, spec.stream(), spec.name(), spec.schema(), spec.mode(), spec.generation());
    }

    /** The next run of a target. */
    TargetSpec run(TargetSpec spec) {
        runs++;
        return spec.withGeneration(new Generation(runs, spec.mode().mode().overwrites() ? runs : 0, runs));
    }

    /** Writes a whole run with one writer, each batch with a commit of its own. */
    void write(TargetSpec spec, RecordBatch... batches) {
        TestWriteContext context = new TestWriteContext();
        try (Destination destination = open();
                TargetRun run = TargetRun.open(destination, run(spec))) {
            try (Writer writer = run.target().writer(context)) {
                for (int i = 0; i < batches.length; i++) {
                    String position = i == batches.length - 1 ? null : Integer.toString(i);
                    run.commit(writer, context, "only", position, batches[i]);
                }
            }
            run.publish(null);
        }
    }

    void overwrite(RecordBatch... batches) {
        write(spec("orders", SCHEMA, DestinationSyncMode.OVERWRITE), batches);
    }

    void append(RecordBatch... batches) {
        write(spec("orders", SCHEMA, DestinationSyncMode.APPEND), batches);
    }

    static RecordBatch batch(int first, int last, String country) {
        BatchMaker batch = BatchMaker.of(SCHEMA);
        for (int id = first; id <= last; id++) {
            batch.row(id, country);
        }
        return batch.build();
    }

    /** The files below the lake that a reader sees. */
    List<String> files() {
        return TemporaryFolder.files(root).stream()
                .map(file -> root.relativize(file).toString())
                .toList();
    }

    TargetPlan plan(String stream) {
        try (Destination destination = open()) {
            return destination.plan(ownedBy(TAKING, spec(stream, SCHEMA, DestinationSyncMode.OVERWRITE)));
        }
    }

    /** The rows of a file, by its path below the lake. */
    List<Row> rows(FileReading reading, String file) throws IOException {
        List<Row> rows = new ArrayList<>();
        reading.read(root.resolve(file), plan("orders"))
                .rows()
                .forEach(row -> rows.add(Row.of(row.get("id"), row.get("country"))));
        return rows;
    }

    /** The rows of all files of this format. */
    List<Row> rows(FileReading reading) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String file : files()) {
            rows.addAll(rows(reading, file));
        }
        return rows;
    }

    @Override
    public void close() {
        TemporaryFolder.delete(root);
    }
}
