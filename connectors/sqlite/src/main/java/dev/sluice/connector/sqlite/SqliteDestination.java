package dev.sluice.connector.sqlite;

import dev.sluice.connector.sqlite.destination.DestinationSettings;
import dev.sluice.connector.sqlite.destination.SqliteDestinations;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.util.List;
import java.util.Optional;

/** SQLite files as a destination. */
public final class SqliteDestination implements DestinationConnector {
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
        return "Writes typed tables of a SQLite file, with exactly-once commits, merges by key and atomic replacement.";
    }

    @Override
    public String spec() {
        return DestinationSettings.SPEC.jsonSchema();
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return SqliteUri.config(uri, List.of("busy_timeout", "wal"));
    }

    @Override
    public Destination open(Config config, ConnectorContext context) {
        return SqliteDestinations.open(DestinationSettings.SPEC.read(config), context);
    }
}
