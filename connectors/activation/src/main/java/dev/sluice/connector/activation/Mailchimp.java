package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** Members of audiences of Mailchimp. */
public final class Mailchimp extends DeclarativeConnector {
    /** The connector. */
    public Mailchimp() {
        super("mailchimp");
    }
}
