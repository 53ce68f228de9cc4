package dev.sluice.connector.file;

import dev.sluice.connector.file.source.FileSource;
import dev.sluice.connector.file.source.SourceOptions;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.util.Optional;

/** Reads CSV, JSON and Parquet files. */
public final class FileSourceConnector implements SourceConnector {
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
        return "Reads CSV, JSON lines, JSON and Parquet files from disk, the web or standard input.";
    }

    @Override
    public String spec() {
        return SourceOptions.SPEC.jsonSchema();
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return FileUri.ofSource(uri);
    }

    @Override
    public Source open(Config config, ConnectorContext context) {
        return FileSource.of(config, context);
    }
}
