package dev.sluice.server.actors;

import dev.sluice.server.definitions.ConnectorKind;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which sources or destinations are meant.
 *
 * @param kind which of both
 * @param workspaceIds in which workspaces
 * @param text what the name contains; null for any
 * @param deleted true for those too that were deleted
 */
public record ActorFilter(
        ConnectorKind kind,
        Collection<UUID> workspaceIds,
        @Nullable String text,
        boolean deleted) {
    public ActorFilter {
        workspaceIds = List.copyOf(workspaceIds);
    }
}
