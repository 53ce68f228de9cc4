package dev.sluice.connector.activation;

import dev.sluice.lowcode.activation.DeclarativeConnector;

/** Rows of spreadsheets of Google. */
public final class GoogleSheets extends DeclarativeConnector {
    /** The connector. */
    public GoogleSheets() {
        super("google-sheets");
    }
}
