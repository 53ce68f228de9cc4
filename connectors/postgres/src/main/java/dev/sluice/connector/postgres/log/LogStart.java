package dev.sluice.connector.postgres.log;

import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.source.Position;

/**
 * Where the log of a table goes on after a first copy: a place in the log, and the snapshot that shows the table exactly
 * as it was there. Both come of a temporary slot, for which the server waited until no older transaction was open; so each
 * transaction is either in the snapshot or behind the place.
 *
 * @param position the place
 * @param snapshot the name of the snapshot, good until this is closed
 * @param holder the session that holds it
 */
public record LogStart(Position position, String snapshot, PgSession holder) implements AutoCloseable {
    @Override
    public void close() {
        holder.close();
    }
}
