package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** Pages in databases of Notion. */
public final class Notion extends DeclarativeConnector {
    /** The connector. */
    public Notion() {
        super("notion");
    }
}
