package dev.sluice.connector.file.destination;

import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.type.DataType;
import dev.sluice.testkit.contract.DestinationFixture;
import dev.sluice.testkit.contract.DestinationTrait;
import dev.sluice.testkit.contract.Misconfigured;
import dev.sluice.testkit.contract.TargetContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder of files in one format. It is read as any reader would who knows nothing of Sluice: list the folder, read the
 * files, and look again if one of them is gone meanwhile.
 */
final class FolderFixture implements DestinationFixture {
    private static final String FILES = "files that are there are never rewritten, so no row can be merged into them";

    /** What files cannot do, wherever they lie. */
    static final Map<DestinationTrait, String> LACKS = Map.of(
            DestinationTrait.APPEND_DEDUP, FILES,
            DestinationTrait.OVERWRITE_DEDUP, FILES,
            DestinationTrait.OPERATIONS, FILES,
            DestinationTrait.UNCHANGED_VALUES, FILES,
            DestinationTrait.DISCARD_OF_MERGES, FILES);

    private final Path root = TemporaryFolder.make();
    private final Map<String, @Nullable Object> options;
    private final FileReading reading;

    FolderFixture(Map<String, ? extends @Nullable Object> options, FileReading reading) {
        this.options = new LinkedHashMap<>(options);
        this.reading = reading;
    }

    private Destination open(ConnectorContext context, String path) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>(options);
        config.put("path", path);
        return FileDestination.of(Config.of(config), context);
    }

    @Override
    public Destination open(ConnectorContext context) {
        return open(context, root + "/");
    }

    @Override
    public List<Misconfigured<Destination>> misconfigured() {
        try {
            Path file = Files.writeString(root.resolve("a file"), "somebody's own");
            Path unwritable = TemporaryFolder.unwritable(root);
            return List.of(
                    new Misconfigured<>(
                            "a file where a folder is needed",
                            ProblemKind.CONFIG,
                            Set.of(),
                            context -> open(context, file.toString())),
                    new Misconfigured<>(
                            "a file above the folder",
                            ProblemKind.CONFIG,
                            Set.of(),
                            context -> open(context, file + "/below/")),
                    new Misconfigured<>(
                            "a folder that cannot be written",
                            ProblemKind.PERMISSION,
                            Set.of(),
                            context -> open(context, unwritable + "/data/")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Optional<TargetContent> read(TargetPlan plan) {
        Path folder = Path.of(plan.location());
        while (true) {
            Optional<Object> before = TemporaryFolder.identity(folder);
            List<Path> files = TemporaryFolder.files(folder);
            if (files.isEmpty()) {
                if (before.equals(TemporaryFolder.identity(folder))) {
                    return Optional.empty();
                }
                continue; // the folder was replaced, and what was listed is the old one while it was emptied
            }
            try {
                List<TargetContent> contents = new ArrayList<>();
                for (Path file : files) {
                    contents.add(reading.read(file, plan));
                }
                return Optional.of(FileReading.union(contents));
            } catch (IOException gone) {
                if (files.equals(TemporaryFolder.files(folder))) {
                    throw new UncheckedIOException(gone);
                }
            }
        }
    }

    @Override
    public boolean holds(DataType type, String text) {
        return reading.holds(type, text);
    }

    @Override
    public int largeValue() {
        return reading.largeValue();
    }

    @Override
    public Map<DestinationTrait, String> lacks() {
        return LACKS;
    }

    @Override
    public void close() {
        TemporaryFolder.delete(root);
    }
}
