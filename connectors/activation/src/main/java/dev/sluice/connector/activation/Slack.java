package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** Messages in channels of Slack. */
public final class Slack extends DeclarativeConnector {
    /** The connector. */
    public Slack() {
        super("slack");
    }
}
