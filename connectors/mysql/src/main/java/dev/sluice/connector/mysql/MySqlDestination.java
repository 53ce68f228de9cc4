package dev.sluice.connector.mysql;

import dev.sluice.connector.mysql.destination.DestinationSettings;
import dev.sluice.connector.mysql.destination.MyDestinations;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.util.Optional;

/** MySQL and MariaDB as a destination. */
public final class MySqlDestination implements DestinationConnector {
    @Override
    public String name() {
        return "mysql";
    }

    @Override
    public String title() {
        return "MySQL and MariaDB";
    }

    @Override
    public String summary() {
        return "Writes typed tables by LOAD DATA, with exactly-once commits, merges by key and atomic replacement.";
    }

    @Override
    public String spec() {
        return DestinationSettings.SPEC.jsonSchema();
    }

    @Override
    public Optional<Config> fromUri(String uri) {
        return MySqlUri.config(uri);
    }

    @Override
    public Destination open(Config config, ConnectorContext context) {
        return MyDestinations.open(DestinationSettings.SPEC.read(config), context);
    }
}
