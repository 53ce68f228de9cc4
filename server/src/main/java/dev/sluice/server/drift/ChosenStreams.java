package dev.sluice.server.drift;

import dev.sluice.engine.plan.StreamChange;
import dev.sluice.server.connections.ConnectionListener;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.StreamId;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Settles changes by the choice of streams: whoever leaves a stream out need not follow it any more, and whoever takes a new one in
 * has seen it. Runs look at chosen streams only, so that nobody else would.
 */
public final class ChosenStreams implements ConnectionListener {
    private final Connections connections;

    /** Those of a store. */
    public ChosenStreams(Clock clock) {
        connections = new Connections(clock);
    }

    @Override
    public void changed(Transaction transaction, UUID connectionId) {
        // Streams are chosen apart from what else is set.
    }

    @Override
    public void chosen(
            Transaction transaction, UUID connectionId, List<ConnectionStream> before, List<ConnectionStream> after)
            throws SQLException {
        Set<StreamId> selected = new HashSet<>();
        after.stream().filter(ConnectionStream::selected).forEach(stream -> selected.add(stream.stream()));
        boolean settled = false;
        for (StreamSchemaChange change : ChangeRows.all(transaction, connectionId)) {
            boolean wantsChoice = change.kind() == StreamChange.Kind.ADDED;
            if (selected.contains(change.stream()) == wantsChoice) {
                ChangeRows.delete(transaction, connectionId, change.stream());
                settled = true;
            }
        }
        if (settled) {
            boolean breaks = !SchemaChanges.breaking(transaction, connectionId).isEmpty();
            connections.markBreaking(transaction, connectionId, breaks);
        }
    }
}
