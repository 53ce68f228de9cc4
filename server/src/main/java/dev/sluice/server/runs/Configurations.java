package dev.sluice.server.runs;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.ActorConfiguration;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.runtime.Config;
import java.sql.SQLException;
import java.util.List;

/** What sources and destinations are told by a run: their configuration with the secrets in it. */
public interface Configurations {
    /**
     * The configuration of a source or destination, for a run and nobody else.
     *
     * @param spec the options of its connector, as a JSON Schema
     */
    Config of(Transaction transaction, Actor actor, String spec) throws SQLException;

    /**
     * Refuses a configuration that leads where the server lets nobody. May have to ask for addresses, so it is not for
     * transactions.
     *
     * @param spec the options of its connector, as a JSON Schema
     */
    default void require(String spec, Config config) {}

    /**
     * What to keep when a connector has changed its own configuration; this cannot keep any.
     *
     * @param changed the whole configuration, with its secrets
     */
    default ActorConfiguration renewed(Transaction transaction, Actor actor, String spec, Config changed)
            throws SQLException {
        return actor.configuration();
    }

    /** The streams of a connection with the keys of their mappers; as they are, where keys are not kept apart. */
    default List<ConnectionStream> streams(Transaction transaction, Connection connection, List<ConnectionStream> kept)
            throws SQLException {
        return kept;
    }
}
