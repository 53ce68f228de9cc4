package dev.sluice.spi.connector;

import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.Source;

/** A connector that data can come from. */
public non-sealed interface SourceConnector extends Connector {
    /**
     * Makes a source. Connects to nothing yet.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if the configuration does not fit the spec
     */
    Source open(Config config, ConnectorContext context);
}
