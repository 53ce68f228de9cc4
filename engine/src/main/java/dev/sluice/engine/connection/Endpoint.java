package dev.sluice.engine.connection;

import dev.sluice.spi.runtime.Config;
import java.util.Objects;

/**
 * A configured source or destination as a connection names it.
 *
 * @param name its name, for messages
 * @param connector the name of the connector
 * @param config the options
 */
public record Endpoint(String name, String connector, Config config) {
    public Endpoint {
        Objects.requireNonNull(name);
        Objects.requireNonNull(connector);
        Objects.requireNonNull(config);
    }
}
