package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** Profiles and events of Klaviyo. */
public final class Klaviyo extends DeclarativeConnector {
    /** The connector. */
    public Klaviyo() {
        super("klaviyo");
    }
}
