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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

    /**
     * A table that may be taken over.
     *
     * @param name what it is called
     * @param owner the name of the connection that it was of
     */
    record Table(String name, String owner) {}

    Inheritance(Store store, Clock clock) {
        this.store = store;
        this.connections = new Connections(clock);
    }

    /** The tables that a run may take over: some belong to connections that are deleted, and none to another one; else none. */
    List<Table> due(Connection connection, ConnectionStates states, SyncPlan plan, Destination destination) {
        if (!store.<Boolean>read(transaction -> connections.hasDeleted(transaction, connection.workspaceId()))) {
            return List.of();
        }
        Set<StreamId> own = new HashSet<>();
        states.streams().stream().map(StreamState::stream).forEach(own::add);
        List<Table> due = new ArrayList<>();
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
                Optional<Connection> deleted = deleted(owner.get(), connection.workspaceId());
                if (deleted.isEmpty()) {
                    return List.of();
                }
                due.add(new Table(
                        stream.target().name().toString(), deleted.get().name()));
            }
        }
        return List.copyOf(due);
    }

    private Optional<Connection> deleted(String id, UUID workspaceId) {
        UUID known;
        try {
            known = UUID.fromString(id);
        } catch (IllegalArgumentException noneOfOurs) {
            return Optional.empty();
        }
        return store.<Optional<Connection>>read(transaction -> connections
                .find(transaction, known)
                .filter(other ->
                        other.workspaceId().equals(workspaceId) && !other.life().isThere()));
    }
}
