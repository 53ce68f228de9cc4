package dev.sluice.connector.duckdb;

import dev.sluice.cdk.config.FileUri.Parameter;
import dev.sluice.connector.duckdb.source.DatabaseSource;
import dev.sluice.connector.duckdb.source.SourceSettings;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;
import java.util.Optional;

/** DuckDB files as a source. */
public final class DuckDbSource implements SourceConnector {
    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public String title() {
        return "DuckDB";
    }

    @Override
    public String summary() {
        return "Reads tables and views of a DuckDB file, in parallel from one moment, whole or by cursor.";
    }

    @Override
    public String spec() {
        return SourceSettings.SPEC.jsonSchema();
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return DuckDbUri.config(uri, Parameter.list("schemas"));
    }

    @Override
    public Source open(Config config, ConnectorContext context) {
        return DatabaseSource.open(SourceSettings.SPEC.read(config), context);
    }
}
