package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.destination.manifest.Manifest;
import dev.sluice.connector.file.destination.manifest.ManifestJson;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.StoreServer;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.problem.ProblemException;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of files in one format. It is read as a reader does who wants to be exact: the manifest says which files belong
 * to the stream, and one that is not seen yet lies where it waits.
 */
final class StoreFixture implements DestinationFixture {
    private final StoreServer server;
    private final Function<String, Map<String, @Nullable Object>> options;
    private final String bucket;
    private final ObjectStore store;
    private final String format;
    private final FileReading reading;

    StoreFixture(StoreServer server, String format, FileReading reading) {
        this(server, server::options, format, reading);
    }

    /** A bucket that connectors reach by other options, given its path, than the test does. */
    StoreFixture(
            StoreServer server,
            Function<String, ? extends Map<String, ? extends @Nullable Object>> options,
            String format,
            FileReading reading) {
        this.server = server;
        this.options = path -> new LinkedHashMap<>(options.apply(path));
        this.bucket = server.newBucket();
        this.store = server.store(bucket);
        this.format = format;
        this.reading = reading;
    }

    private String lake() {
        return server.address(bucket) + "lake/";
    }

    private Destination open(ConnectorContext context, Map<String, @Nullable Object> config) {
        config.put("format", format);
        return FileDestination.of(Config.of(config), context);
    }

    @Override
    public Destination open(ConnectorContext context) {
        return open(context, options.apply(lake()));
    }

    @Override
    public List<Misconfigured<Destination>> misconfigured() {
        List<Misconfigured<Destination>> wrong = new ArrayList<>();
        String missing = server.missingBucket();
        if (missing != null) {
            wrong.add(new Misconfigured<>(
                    "a bucket that is not there",
                    ProblemKind.CONFIG,
                    Set.of(),
                    context -> open(context, options.apply(server.address(missing) + "lake/"))));
        }
        wrong.add(new Misconfigured<>("a wrong key", ProblemKind.PERMISSION, Set.of(), context -> {
            Map<String, @Nullable Object> config = options.apply(lake());
            config.put(server.secretOption(), server.wrongSecret());
            return open(context, config);
        }));
        return wrong;
    }

    @Override
    public Optional<TargetContent> read(TargetPlan plan) {
        String target = plan.location().substring(lake().length());
        String hidden = "lake/.sluice/" + target + "/";
        while (true) {
            Optional<ObjectStore.Content> manifest = store.read(hidden + "_manifest.json", 1 << 24);
            if (manifest.isEmpty()) {
                return Optional.empty();
            }
            List<DataFile> files = files(manifest.get());
            if (files.isEmpty()) {
                return Optional.empty();
            }
            try {
                List<TargetContent> contents = new ArrayList<>();
                for (DataFile file : files) {
                    contents.add(content(
                            List.of(hidden + "_tmp/" + file.path(), "lake/" + target + "/" + file.path()), plan));
                }
                return Optional.of(FileReading.union(contents));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (ProblemException gone) {
                boolean same = store.read(hidden + "_manifest.json", 1 << 24)
                        .filter(now -> now.version().equals(manifest.get().version()))
                        .isPresent();
                if (same) {
                    throw gone;
                }
            }
        }
    }

    private static List<DataFile> files(ObjectStore.Content content) {
        Manifest manifest = ManifestJson.read(new String(content.bytes(), StandardCharsets.UTF_8));
        List<DataFile> files = new ArrayList<>(manifest.files());
        if (!manifest.run().aside()) {
            files.addAll(manifest.run().files());
        }
        return files;
    }

    /** The content of the first of these objects that is there; a file that is shown is at both places for a moment. */
    private TargetContent content(List<String> keys, TargetPlan plan) throws IOException {
        Path file = Files.createTempFile("sluice-", ".read");
        try {
            if (store.head(keys.getFirst()).isPresent()) {
                try {
                    store.download(keys.getFirst(), file);
                    return reading.read(file, plan);
                } catch (ProblemException shownMeanwhile) {
                    // It lies where readers look now.
                }
            }
            store.download(keys.getLast(), file);
            return reading.read(file, plan);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public boolean holds(DataType type, String text) {
        return reading.holds(type, text);
    }

    @Override
    public Map<DestinationTrait, String> lacks() {
        return FolderFixture.LACKS;
    }

    @Override
    public void close() {
        store.close();
    }
}
