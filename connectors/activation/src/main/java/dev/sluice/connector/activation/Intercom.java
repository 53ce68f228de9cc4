package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** Contacts, companies and events of Intercom. */
public final class Intercom extends DeclarativeConnector {
    /** The connector. */
    public Intercom() {
        super("intercom");
    }
}
