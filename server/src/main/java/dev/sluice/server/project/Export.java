package dev.sluice.server.project;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.ActorConfigurations;
import dev.sluice.server.actors.Actors;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.ListedConnection;
import dev.sluice.server.definitions.Builtins;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.ConnectorSpec;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a workspace has, as a project says it; secrets are masks. What a project has no words for is told and left out. */
public final class Export {
    private final Store store;
    private final Actors actors;
    private final Connections connections;
    private final Definitions definitions;

    /** Over a store. */
    public Export(Store store, Clock clock) {
        this.store = store;
        this.connections = new Connections(clock);
        this.actors = new Actors(clock, List.of());
        this.definitions = new Definitions(clock);
    }

    /** A workspace: {@code sources}, {@code destinations}, {@code connections}, and {@code notes} on what is missing. */
    public Map<String, @Nullable Object> of(UUID workspaceId) {
        return of(workspaceId, _ -> true, _ -> true);
    }

    /** The same of one connection with its two sides. */
    public Map<String, @Nullable Object> of(UUID workspaceId, UUID connectionId) {
        Connection connection = store.read(transaction -> connections.find(transaction, connectionId))
                .orElseThrow();
        Set<UUID> sides = Set.of(connection.ends().sourceId(), connection.ends().destinationId());
        return of(
                workspaceId,
                actor -> sides.contains(actor.id()),
                listed -> listed.connection().id().equals(connectionId));
    }

    private Map<String, @Nullable Object> of(
            UUID workspaceId, Predicate<Actor> ofActors, Predicate<ListedConnection> ofConnections) {
        return store.read(transaction -> {
            Stock stock = Stock.of(transaction, actors, workspaceId);
            List<String> notes = new ArrayList<>();
            Map<UUID, Actor> named = new LinkedHashMap<>();
            Map<String, @Nullable Object> project = new LinkedHashMap<>();
            for (ConnectorKind kind : ConnectorKind.values()) {
                project.put(
                        kind.name().toLowerCase(Locale.ROOT) + "s",
                        endpoints(
                                transaction,
                                stock.actors(kind).all().stream()
                                        .filter(ofActors)
                                        .toList(),
                                named,
                                notes));
            }
            List<Object> links = new ArrayList<>();
            for (ListedConnection listed :
                    stock.connections().all().stream().filter(ofConnections).toList()) {
                Connection connection = listed.connection();
                Actor source = named.get(connection.ends().sourceId());
                Actor destination = named.get(connection.ends().destinationId());
                if (source == null || destination == null) {
                    notes.add("the connection " + connection.name() + " is left out, as one of its sides is");
                } else {
                    links.add(link(transaction, listed, source, destination, stock));
                }
            }
            project.put("connections", links);
            project.put("notes", notes);
            return project;
        });
    }

    private Map<String, @Nullable Object> link(
            Transaction transaction, ListedConnection listed, Actor source, Actor destination, Stock stock)
            throws SQLException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", listed.connection().name());
        members.put("source", source.name());
        members.put("destination", destination.name());
        members.putAll(ConnectionText.of(
                listed,
                connections.streams(transaction, listed.connection().id()).stream()
                        .filter(ConnectionStream::selected)
                        .toList(),
                stock));
        return members;
    }

    private List<Object> endpoints(
            Transaction transaction, List<Actor> known, Map<UUID, Actor> named, List<String> notes)
            throws SQLException {
        List<Object> exported = new ArrayList<>();
        for (Actor actor : known) {
            DefinitionVersion version = version(transaction, actor).orElse(null);
            Json spec = version == null ? null : version.spec();
            String connector = version == null ? null : Builtins.name(version).orElse(null);
            if (spec == null || connector == null) {
                notes.add(actor.name() + " is left out, as a project names built-in connectors only");
                continue;
            }
            named.put(actor.id(), actor);
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("name", actor.name());
            members.put("connector", connector);
            members.put(
                    "configuration",
                    JsonText.object(ActorConfigurations.shown(ConnectorSpec.of(spec), actor.configuration(), false)
                            .text()));
            exported.add(members);
        }
        return exported;
    }

    private Optional<DefinitionVersion> version(Transaction transaction, Actor actor) throws SQLException {
        UUID definitionId = actor.connector().definitionId();
        return definitions.version(
                transaction,
                definitionId,
                definitions.find(transaction, definitionId).orElseThrow().defaultNumber());
    }
}
