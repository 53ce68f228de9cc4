package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** Any service that takes records over HTTP. */
public final class Rest extends DeclarativeConnector {
    /** The connector. */
    public Rest() {
        super("rest");
    }
}
