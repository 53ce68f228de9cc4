package dev.sluice.spi.connector;

import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;

/** A connector that data can go to. */
public non-sealed interface DestinationConnector extends Connector {
    /**
     * Makes a destination. Connects to nothing yet.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if the configuration does not fit the spec
     */
    Destination open(Config config, ConnectorContext context);
}
