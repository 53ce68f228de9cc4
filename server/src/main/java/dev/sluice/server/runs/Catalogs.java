package dev.sluice.server.runs;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.Catalog;
import java.sql.SQLException;

/** Who keeps what a source offered when it was asked. */
public interface Catalogs {
    /** Keeps it. */
    void discovered(Transaction transaction, Actor actor, Catalog catalog) throws SQLException;
}
