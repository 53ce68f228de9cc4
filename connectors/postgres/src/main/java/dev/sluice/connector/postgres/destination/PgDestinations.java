package dev.sluice.connector.postgres.destination;

import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.sql.SqlDestination;
import dev.sluice.connector.postgres.session.PgConnections;
import dev.sluice.connector.postgres.source.PgSource;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.ConnectorContext;

/** Makes destinations. */
public final class PgDestinations {
    private PgDestinations() {}

    /** A destination with these checked settings. */
    public static Destination open(Settings settings, ConnectorContext context) {
        PgConnections connections = new PgConnections(settings, context);
        PgBackend backend = new PgBackend(
                connections,
                DestinationSettings.of(settings),
                context.clock(),
                reading -> PgSource.over(settings, reading));
        return new SqlDestination(backend, context);
    }
}
