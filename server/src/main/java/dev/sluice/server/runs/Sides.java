package dev.sluice.server.runs;

import dev.sluice.engine.connection.Endpoint;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.Actors;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.connector.Connector;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.destination.Destination;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes sources and destinations of what is kept of them. Threads may share it. */
public final class Sides {
    /** What the reference of a built-in connector calls it. */
    public static final String CONNECTOR = "connector";

    private final Store store;
    private final Actors actors;
    private final Definitions definitions;
    private final Offered offered;
    private final Configurations configurations;
    private final @Nullable Path memory;

    /**
     * Those of a store.
     *
     * @param memory where connectors keep what they must not forget, a folder for each source or destination; null where
     *     another server may go on with what this one began, which would not have it
     */
    public Sides(
            Store store,
            Actors actors,
            Definitions definitions,
            Offered offered,
            Configurations configurations,
            @Nullable Path memory) {
        this.memory = memory;
        this.store = store;
        this.actors = actors;
        this.definitions = definitions;
        this.offered = offered;
        this.configurations = configurations;
    }

    private record Found(Actor actor, Definition definition, DefinitionVersion version) {}

    /** The actor with this identity, whichever side it is on. */
    Actor actor(UUID id) {
        return store.<Optional<Actor>>read(transaction -> {
                    Optional<Actor> source = actors.find(transaction, ConnectorKind.SOURCE, id);
                    return source.isPresent() ? source : actors.find(transaction, ConnectorKind.DESTINATION, id);
                })
                .orElseThrow(() -> gone(id));
    }

    Side<SourceConnector> source(UUID id) {
        return side(ConnectorKind.SOURCE, id, offered::source);
    }

    Side<DestinationConnector> destination(UUID id) {
        return side(ConnectorKind.DESTINATION, id, offered::destination);
    }

    private <C extends Connector> Side<C> side(
            ConnectorKind kind, UUID id, BiFunction<Definition, DefinitionVersion, C> offer) {
        Found found = store.read(transaction -> find(transaction, kind, id));
        C connector = offer.apply(found.definition(), found.version());
        Config config = store.read(transaction -> configurations.of(transaction, found.actor(), connector.spec()));
        configurations.require(connector.spec(), config);
        return new Side<>(
                found.actor(),
                found.version().number(),
                connector,
                new Endpoint(found.actor().name(), connector.name(), config),
                Redactor.secrets(found.actor().configuration().content(), config),
                new Renewal(store, actors, configurations, found.actor(), connector.spec()),
                memory == null ? null : memory.resolve(id.toString()));
    }

    private Found find(Transaction transaction, ConnectorKind kind, UUID id) throws SQLException {
        Actor actor = actors.find(transaction, kind, id)
                .filter(there -> there.life().isThere())
                .orElseThrow(() -> gone(id));
        Definition definition =
                definitions.find(transaction, actor.connector().definitionId()).orElseThrow(() -> gone(id));
        long number = Objects.requireNonNullElse(actor.connector().pinnedNumber(), definition.defaultNumber());
        DefinitionVersion version =
                definitions.version(transaction, definition.id(), number).orElseThrow(() -> gone(id));
        return new Found(actor, definition, version);
    }

    /** How a destination can write. It may have to be asked, so this is not for transactions. */
    public Set<DestinationSyncMode> modes(UUID destinationId, Clock clock) {
        Side<DestinationConnector> side = destination(destinationId);
        try (Destination destination = side.connector().open(side.endpoint().config(), new Quiet(clock, side))) {
            return destination.traits().modes();
        }
    }

    /** What a destination gets that is only asked about itself. */
    private record Quiet(Clock clock, Side<?> side) implements ConnectorContext {
        @Override
        public void log(System.Logger.Level level, String message) {}

        @Override
        public void configChanged(Config config) {
            side.renewal().keep(config);
        }

        @Override
        public Optional<Path> memory() {
            return Optional.ofNullable(side.memory());
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    /** The streams of a connection, ready for a run. */
    List<ConnectionStream> streams(Transaction transaction, Connection connection, List<ConnectionStream> kept)
            throws SQLException {
        return configurations.streams(transaction, connection, kept);
    }

    private static RuntimeException gone(UUID id) {
        return Problem.of("E_ACTOR_GONE", ProblemKind.CONFIG, "the source or destination is not there any more")
                .at(id.toString())
                .exception();
    }
}
