package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.catalog.SyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.Owner;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.destination.WriteMode;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import dev.sluice.testkit.contract.ListSource;
import dev.sluice.testkit.drive.CopyDriver;
import dev.sluice.testkit.drive.CopyState;
import dev.sluice.testkit.host.TestContext;
import dev.sluice.testkit.rows.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Copies a list of rows to files, again and again, and looks at what is there. */
final class Copies {
    static final Field ID = new Field("id", new DataType.IntType(64));
    static final Field NAME = new Field("name", new DataType.TextType());
    static final Schema SCHEMA = Schema.of(ID, NAME);
    static final Owner OWNER = new Owner("5a3f2c1e-0d4b-4e6a-9f7c-1b2d3e4f5a6b", "copies", false);

    private final Path root;
    private final Map<String, @Nullable Object> options;
    private final DestinationSyncMode mode;

    Copies(Path root, Map<String, ? extends @Nullable Object> options, DestinationSyncMode mode) {
        this.root = root;
        this.options = new LinkedHashMap<>(options);
        this.mode = mode;
    }

    Destination destination(Disk disk) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>(options);
        config.putIfAbsent("path", root + "/");
        return FileDestination.of(Config.of(config), new TestContext(), disk);
    }

    Destination destination() {
        return destination(new Disk());
    }

    static List<Row> rows(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(id -> Row.of(Integer.toString(id), "name " + id))
                .toList();
    }

    TargetSpec spec() {
        return spec("orders", OWNER, mode);
    }

    static TargetSpec spec(String name, Owner owner, DestinationSyncMode mode) {
        return new TargetSpec(
                owner,
                StreamId.of("source", name),
                new TargetName(null, name),
                SCHEMA,
                new WriteMode(mode, List.of(), null),
                new Generation(0, 0, 0));
    }

    /** A copy of the rows up to a number that goes on from a state. */
    CopyDriver driver(Destination destination, int rows, CopyState state) {
        ListSource source = new ListSource(SCHEMA, rows(1, rows), 2);
        SyncMode read = mode.overwrites() ? SyncMode.FULL_REFRESH : SyncMode.INCREMENTAL;
        return new CopyDriver(source, destination, source.read(read), spec(), state);
    }

    /** Copies until a run is published. */
    CopyState run(int rows, CopyState state, long syncId) {
        try (Destination destination = destination()) {
            CopyDriver driver = driver(destination, rows, state);
            while (driver.state().lastSyncId() < syncId) {
                driver.run();
            }
            return driver.state();
        }
    }

    /** The rows that any reader sees who lists the folder, or the file. */
    List<Row> seen(FileReading reading) {
        try (Destination destination = destination()) {
            var plan = destination.plan(spec());
            List<Row> rows = new ArrayList<>();
            Path place = Path.of(plan.location());
            List<Path> files = place.toFile().isFile() ? List.of(place) : TemporaryFolder.files(place);
            for (Path file : files) {
                reading.read(file, plan).rows().forEach(row -> rows.add(Row.of(row.get("id"), row.get("name"))));
            }
            return rows;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
