package dev.sluice.server.actors;

import dev.sluice.server.store.Transaction;
import java.sql.SQLException;

/** Hears what becomes of sources and destinations, within the change. */
public interface ActorListener {
    /** One is deleted. */
    void deleted(Transaction transaction, Actor actor) throws SQLException;
}
