package dev.sluice.server.jobs;

import dev.sluice.server.connections.ConnectionListener;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Ends the run of a connection that is deleted. */
public final class DeletedConnections implements ConnectionListener {
    private final Jobs jobs;

    /** With the jobs of the store. */
    public DeletedConnections(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void changed(Transaction transaction, UUID connectionId) throws SQLException {
        Optional<Long> open = Jobs.openOf(transaction, connectionId);
        if (open.isPresent()
                && transaction.count(
                                "SELECT count(*) AS n FROM connection WHERE id = ? AND deleted_at IS NOT NULL",
                                connectionId)
                        > 0) {
            jobs.cancel(transaction, open.get());
        }
    }
}
