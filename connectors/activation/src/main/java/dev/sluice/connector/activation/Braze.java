package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** Users and events of Braze. */
public final class Braze extends DeclarativeConnector {
    /** The connector. */
    public Braze() {
        super("braze");
    }
}
