package dev.sluice.connector.sqlite.destination;

import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.sql.SqlDestination;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.ConnectorContext;

/** Makes destinations. */
public final class SqliteDestinations {
    private SqliteDestinations() {}

    /** A destination with these checked settings. */
    public static Destination open(Settings settings, ConnectorContext context) {
        return new SqlDestination(new SqliteBackend(DestinationSettings.of(settings), context.clock()), context);
    }
}
