package dev.sluice.server.connections;

import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.UUID;

/** Hears what becomes of connections, within the change. */
public interface ConnectionListener {
    /** One was made, edited, switched or deleted. */
    void changed(Transaction transaction, UUID connectionId) throws SQLException;
}
