package dev.sluice.engine.plugin;

import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.runtime.Config;
import java.util.Objects;

/**
 * A connector that understood an address.
 *
 * @param connector the connector
 * @param config what the address says
 * @param <C> whether it is a source or a destination
 */
public record Addressed<C extends Connector>(C connector, Config config) {
    public Addressed {
        Objects.requireNonNull(connector);
        Objects.requireNonNull(config);
    }
}
