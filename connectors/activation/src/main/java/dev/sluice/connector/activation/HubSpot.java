package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** Contacts, companies, deals and objects of one's own in HubSpot. */
public final class HubSpot extends DeclarativeConnector {
    /** The connector. */
    public HubSpot() {
        super("hubspot");
    }
}
