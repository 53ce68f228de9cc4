package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** Users, organizations and tickets of Zendesk. */
public final class Zendesk extends DeclarativeConnector {
    /** The connector. */
    public Zendesk() {
        super("zendesk");
    }
}
