package dev.sluice.server;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.ActorConfiguration;
import dev.sluice.server.actors.ActorConnector;
import dev.sluice.server.actors.Actors;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionEnds;
import dev.sluice.server.connections.ConnectionSettings;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.DefinitionFacts;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.definitions.Origin;
import dev.sluice.server.definitions.SupportLevel;
import dev.sluice.server.leases.Lease;
import dev.sluice.server.leases.Leases;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.TestStore;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.server.workspaces.WorkspaceSettings;
import dev.sluice.server.workspaces.Workspaces;
import java.util.List;
import java.util.UUID;

/** Furnishes a store with what tests need around the thing they are about. */
public final class Rooms {
    /** What a test says of a connector. */
    public static final DefinitionFacts FACTS =
            new DefinitionFacts(Origin.BUILTIN, SupportLevel.CERTIFIED, null, null, Json.EMPTY);

    private final Store store;
    private final Workspaces workspaces = new Workspaces(TestStore.CLOCK);
    private final Connections connections = new Connections(TestStore.CLOCK);
    private final Actors actors = new Actors(TestStore.CLOCK, List.of(connections));

    /** Those of a store. */
    public Rooms(Store store) {
        this.store = store;
    }

    /** A new workspace of a new organisation. */
    public Workspace workspace(String name) {
        return store.compute(transaction -> {
            UUID organization = workspaces
                    .addOrganization(transaction, name + "s", "info@example.org")
                    .id();
            return workspaces.add(transaction, organization, name, WorkspaceSettings.NONE);
        });
    }

    /** A new source or destination of a new connector. */
    public Actor actor(Workspace workspace, ConnectorKind kind, String name) {
        return store.compute(transaction -> {
            UUID definition = new Definitions(TestStore.CLOCK)
                    .add(transaction, UUID.randomUUID(), null, kind, "connector of " + name, FACTS)
                    .id();
            return actors.add(
                    transaction,
                    UUID.randomUUID(),
                    workspace.id(),
                    kind,
                    name,
                    new ActorConnector(definition, null),
                    new ActorConfiguration(new Json("{\"host\": \"h\"}"), "hash", null));
        });
    }

    /** A new connection in a workspace of its own. */
    public Connection connection(String name) {
        Workspace workspace = workspace(name);
        return connection(
                actor(workspace, ConnectorKind.SOURCE, "Shop"),
                actor(workspace, ConnectorKind.DESTINATION, "Lake"),
                name);
    }

    /** The lease of a new job of a connection. */
    public Lease lease(Connection connection, Leases leases) {
        return store.compute(transaction -> {
            long job = transaction
                    .first(
                            row -> row.number("id"),
                            "INSERT INTO job (workspace_id, connection_id, kind, status, open, request, cancel_wished,"
                                + " due_at, lease_token, lease_beat, failures, records, bytes, rejected, created_at,"
                                + " updated_at) VALUES (?, ?, 'sync', 'pending', ?, ?, ?, 0, 0, 0, ?, 0, 0, 0, 0, 0)"
                                + " RETURNING id",
                            connection.workspaceId(),
                            connection.id(),
                            true,
                            Json.EMPTY,
                            false,
                            Json.EMPTY)
                    .orElseThrow();
            return leases.take(transaction, job, 0).orElseThrow();
        });
    }

    /** A new connection between the two. */
    public Connection connection(Actor source, Actor destination, String name) {
        return store.compute(transaction -> connections.add(
                transaction,
                UUID.randomUUID(),
                source.workspaceId(),
                name,
                new ConnectionEnds(source.id(), destination.id(), null, null),
                ConnectionSettings.DEFAULT));
    }
}
