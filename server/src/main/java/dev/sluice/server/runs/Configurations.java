package dev.sluice.server.runs;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.runtime.Config;
import java.sql.SQLException;

/** What sources and destinations are told by a run: their configuration with the secrets in it. */
public interface Configurations {
    /**
     * The configuration of a source or destination, for a run and nobody else.
     *
     * @param spec the options of its connector, as a JSON Schema
     */
    Config of(Transaction transaction, Actor actor, String spec) throws SQLException;
}
