package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** People and events of Customer.io. */
public final class CustomerIo extends DeclarativeConnector {
    /** The connector. */
    public CustomerIo() {
        super("customer-io");
    }
}
