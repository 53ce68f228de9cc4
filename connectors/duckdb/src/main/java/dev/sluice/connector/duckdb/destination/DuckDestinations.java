package dev.sluice.connector.duckdb.destination;

import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.sql.SqlDestination;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.ConnectorContext;

/** Makes destinations. */
public final class DuckDestinations {
    private DuckDestinations() {}

    /** A destination with these checked settings. */
    public static Destination open(Settings settings, ConnectorContext context) {
        return new SqlDestination(new DuckBackend(DestinationSettings.of(settings), context.clock()), context);
    }
}
