package dev.sluice.server.runs;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.state.StreamState;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.states.ConnectionStates;
import dev.sluice.server.store.Store;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.destination.Ledger;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Tables that a deleted connection left behind. Nobody else writes to them (I8), so another connection of its workspace may go on
 * with them; those of a connection that is there, here or elsewhere, it may not.
 */
final class Inheritance {
    private final Store store;
    private final Connections connections;

    Inheritance(Store store, Clock clock) {
        this.store = store;
        this.connections = new Connections(clock);
    }

    /** Whether a run may take its tables over: some belong to connections that are deleted, and none to another one. */
    boolean isDue(Connection connection, ConnectionStates states, SyncPlan plan, Destination destination) {
        if (!store.<Boolean>read(transaction -> connections.hasDeleted(transaction, connection.workspaceId()))) {
            return false;
        }
        Set<StreamId> own = new HashSet<>();
        states.streams().stream().map(StreamState::stream).forEach(own::add);
        boolean isDue = false;
        for (StreamPlan stream : plan.streams()) {
            // What it has written itself is its own.
            if (own.contains(stream.stream())) {
                continue;
            }
            Optional<String> owner = destination
                    .ledger(stream.target())
                    .map(Ledger::connectionId)
                    .filter(id -> !id.equals(states.connectionId()));
            if (owner.isPresent()) {
                if (!isDeleted(owner.get(), connection.workspaceId())) {
                    return false;
                }
                isDue = true;
            }
        }
        return isDue;
    }

    private boolean isDeleted(String id, UUID workspaceId) {
        UUID known;
        try {
            known = UUID.fromString(id);
        } catch (IllegalArgumentException noneOfOurs) {
            return false;
        }
        return store.<Boolean>read(transaction -> connections
                .find(transaction, known)
                .filter(other ->
                        other.workspaceId().equals(workspaceId) && !other.life().isThere())
                .isPresent());
    }
}
