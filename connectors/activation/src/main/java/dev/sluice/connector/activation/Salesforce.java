package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** Objects of Salesforce. */
public final class Salesforce extends DeclarativeConnector {
    /** The connector. */
    public Salesforce() {
        super("salesforce");
    }
}
