package dev.sluice.connector.duckdb;

import dev.sluice.cdk.config.FileUri.Parameter;
import dev.sluice.connector.duckdb.destination.DestinationSettings;
import dev.sluice.connector.duckdb.destination.DuckDestinations;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.util.Optional;

/** DuckDB files as a destination. */
public final class DuckDbDestination implements DestinationConnector {
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
        return "Writes typed tables of a DuckDB file, with exactly-once commits, merges by key and atomic replacement.";
    }

    @Override
    public String spec() {
        return DestinationSettings.SPEC.jsonSchema();
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return DuckDbUri.config(uri, Parameter.text("schema"));
    }

    @Override
    public Destination open(Config config, ConnectorContext context) {
        return DuckDestinations.open(DestinationSettings.SPEC.read(config), context);
    }
}
