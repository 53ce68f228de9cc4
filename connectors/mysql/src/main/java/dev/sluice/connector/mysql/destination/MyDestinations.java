package dev.sluice.connector.mysql.destination;

import dev.sluice.cdk.config.Settings;
import dev.sluice.cdk.sql.SqlDestination;
import dev.sluice.connector.mysql.session.MyConnections;
import dev.sluice.connector.mysql.source.TableSource;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.ConnectorContext;

/** Makes destinations. */
public final class MyDestinations {
    private MyDestinations() {}

    /** A destination with these checked settings. */
    public static Destination open(Settings settings, ConnectorContext context) {
        MyConnections connections = new MyConnections(settings, context, true);
        MyBackend backend = new MyBackend(
                connections,
                DestinationSettings.of(settings),
                context.clock(),
                reading -> TableSource.over(settings, reading));
        return new SqlDestination(backend, context);
    }
}
