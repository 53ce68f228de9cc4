package dev.sluice.connector.postgres;

import dev.sluice.cdk.config.Settings;
import dev.sluice.connector.postgres.destination.DestinationSettings;
import dev.sluice.connector.postgres.destination.PgDestinations;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.util.Optional;

/** PostgreSQL as a destination. */
public final class PostgresDestination implements DestinationConnector {
    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public String title() {
        return "PostgreSQL";
    }

    @Override
    public String summary() {
        return "Writes typed tables by COPY, with exactly-once commits, merges by key and atomic replacement.";
    }

    @Override
    public String spec() {
        return DestinationSettings.SPEC.jsonSchema();
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return PostgresUri.config(uri, "schema");
    }

    @Override
    public Destination open(Config config, ConnectorContext context) {
        Settings settings = DestinationSettings.SPEC.read(config);
        return PgDestinations.open(settings, context);
    }
}
