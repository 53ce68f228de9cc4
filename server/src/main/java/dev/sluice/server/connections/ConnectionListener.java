package dev.sluice.server.connections;

import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Hears what becomes of connections, within the change. */
public interface ConnectionListener {
    /** One was made, edited, switched or deleted. */
    void changed(Transaction transaction, UUID connectionId) throws SQLException;

    /** One was edited, switched or deleted by somebody. */
    default void edited(Transaction transaction, Connection before, Connection after) throws SQLException {}

    /** Its streams were chosen; before there were none if it is being made. */
    default void chosen(
            Transaction transaction, UUID connectionId, List<ConnectionStream> before, List<ConnectionStream> after)
            throws SQLException {}
}
