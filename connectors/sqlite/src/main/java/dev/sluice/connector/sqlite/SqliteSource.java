package dev.sluice.connector.sqlite;

import dev.sluice.connector.sqlite.source.SourceSettings;
import dev.sluice.connector.sqlite.source.TableSource;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.util.List;
import java.util.Optional;

/** SQLite files as a source. */
public final class SqliteSource implements SourceConnector {
    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String title() {
        return "SQLite";
    }

    @Override
    public String summary() {
        return "Reads tables and views of a SQLite file from one moment, whole or by cursor; no value changes in"
                + " silence.";
    }

    @Override
    public String spec() {
        return SourceSettings.SPEC.jsonSchema();
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return SqliteUri.config(uri, List.of("busy_timeout", "integer_times"));
    }

    @Override
    public Source open(Config config, ConnectorContext context) {
        return new TableSource(SourceSettings.of(SourceSettings.SPEC.read(config)), context);
    }
}
