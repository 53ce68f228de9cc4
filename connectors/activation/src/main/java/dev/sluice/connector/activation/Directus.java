package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** Items of the collections of a Directus project. */
public final class Directus extends DeclarativeConnector {
    /** The connector. */
    public Directus() {
        super("directus");
    }
}
