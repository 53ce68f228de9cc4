package dev.sluice.server.connections;

import dev.sluice.server.store.Life;
import java.util.UUID;

/**
 * What is moved from a source to a destination.
 *
 * @param id its identity, which tables at the destination know too
 * @param workspaceId where it is
 * @param name its name
 * @param ends what it connects
 * @param standing whether it may run
 * @param settings how it runs
 * @param life its age
 */
public record Connection(
        UUID id,
        UUID workspaceId,
        String name,
        ConnectionEnds ends,
        Standing standing,
        ConnectionSettings settings,
        Life life) {
    /** The same connection under another name and with other settings. */
    public Connection with(String otherName, ConnectionSettings others) {
        return new Connection(id, workspaceId, otherName, ends, standing, others, life);
    }

    /** The same connection after it was switched. */
    public Connection standing(Standing other) {
        return new Connection(id, workspaceId, name, ends, other, settings, life);
    }

    /** The same connection after its streams were chosen from another catalog of the source. */
    public Connection chosenFrom(UUID sourceCatalogId) {
        ConnectionEnds others =
                new ConnectionEnds(ends.sourceId(), ends.destinationId(), sourceCatalogId, ends.destinationCatalogId());
        return new Connection(id, workspaceId, name, others, standing, settings, life);
    }
}
