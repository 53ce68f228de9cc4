package dev.sluice.connector.file;

import dev.sluice.connector.file.destination.DestinationOptions;
import dev.sluice.connector.file.destination.FileDestination;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Writes CSV, JSON lines and Parquet files. */
public final class FileDestinationConnector implements DestinationConnector {
    @Override
    public String name() {
        return "file";
    }

    @Override
    public String title() {
        return "Files";
    }

    @Override
    public String summary() {
        return "Writes CSV, JSON lines and Parquet files, each of them whole or not at all.";
    }

    /** Files are not merged by key. */
    @Override
    public Set<DestinationSyncMode> modes() {
        return EnumSet.of(DestinationSyncMode.APPEND, DestinationSyncMode.OVERWRITE);
    }

    @Override
    public String spec() {
        return DestinationOptions.SPEC.jsonSchema();
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return FileUri.ofDestination(uri);
    }

    @Override
    public Destination open(Config config, ConnectorContext context) {
        return FileDestination.of(config, context);
    }
}
