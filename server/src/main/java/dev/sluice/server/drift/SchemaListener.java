package dev.sluice.server.drift;

import dev.sluice.server.connections.Connection;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears of changes in the sources of connections, within the transaction in which they are written down. */
public interface SchemaListener {
    /** The connection was switched off because its source has changed. */
    String DISABLED = "DISABLE_CONNECTION_IF_ANY_SCHEMA_CHANGES";

    /**
     * Something is otherwise than it was when somebody looked last.
     *
     * @param jobId the job that found it; null if somebody asked the source
     * @param news what is new, applied or not
     * @param disabled true if the connection was switched off for it
     */
    void found(
            Transaction transaction,
            Connection connection,
            @Nullable Long jobId,
            List<StreamSchemaChange> news,
            boolean disabled)
            throws SQLException;

    /** Somebody has settled some of them. */
    void reviewed(
            Transaction transaction,
            Connection connection,
            List<StreamSchemaChange> accepted,
            List<StreamSchemaChange> ignored)
            throws SQLException;
}
