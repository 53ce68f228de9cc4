package dev.sluice.server.actors;

import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.store.Life;
import java.util.UUID;

/**
 * A source or a destination.
 *
 * @param id its identity
 * @param workspaceId where it is
 * @param kind which of both it is
 * @param name its name
 * @param connector what runs
 * @param configuration what it is told
 * @param life its age
 */
public record Actor(
        UUID id,
        UUID workspaceId,
        ConnectorKind kind,
        String name,
        ActorConnector connector,
        ActorConfiguration configuration,
        Life life) {
    /** The same under another name and configured otherwise. */
    public Actor with(String otherName, ActorConnector otherConnector, ActorConfiguration others) {
        return new Actor(id, workspaceId, kind, otherName, otherConnector, others, life);
    }
}
