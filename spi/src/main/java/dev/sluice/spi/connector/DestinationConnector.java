package dev.sluice.spi.connector;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.util.EnumSet;
import java.util.Set;

/** A connector that data can go to. */
public non-sealed interface DestinationConnector extends Connector {
    /** The modes that it can write, whatever its configuration is; a configured destination may be able to do less. */
    default Set<DestinationSyncMode> modes() {
        return EnumSet.of(
                DestinationSyncMode.APPEND,
                DestinationSyncMode.OVERWRITE,
                DestinationSyncMode.APPEND_DEDUP,
                DestinationSyncMode.OVERWRITE_DEDUP);
    }

    /**
     * Makes a destination. Connects to nothing yet.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if the configuration does not fit the spec
     */
    Destination open(Config config, ConnectorContext context);
}
