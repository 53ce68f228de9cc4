package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** A receiver of calls over HTTP. */
public final class Webhook extends DeclarativeConnector {
    /** The connector. */
    public Webhook() {
        super("webhook");
    }
}
