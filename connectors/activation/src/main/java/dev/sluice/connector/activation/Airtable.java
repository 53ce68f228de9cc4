package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** Records of bases of Airtable. */
public final class Airtable extends DeclarativeConnector {
    /** The connector. */
    public Airtable() {
        super("airtable");
    }
}
