package dev.sluice.server.connections;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which connections are meant.
 *
 * @param workspaceIds in which workspaces
 * @param tagIds with at least one of these tags; empty for any
 * @param actorIds from or to one of these; empty for any
 * @param text what the name of the connection, its source or its destination contains; null for any
 * @param status what lists show of it; null for any
 * @param deleted true for those too that were deleted
 */
public record ConnectionFilter(
        Collection<UUID> workspaceIds,
        Collection<UUID> tagIds,
        Collection<UUID> actorIds,
        @Nullable String text,
        @Nullable ShownStatus status,
        boolean deleted) {
    public ConnectionFilter {
        workspaceIds = List.copyOf(workspaceIds);
        tagIds = List.copyOf(tagIds);
        actorIds = List.copyOf(actorIds);
    }

    /** All of a workspace. */
    public static ConnectionFilter of(UUID workspaceId) {
        return new ConnectionFilter(List.of(workspaceId), List.of(), List.of(), null, null, false);
    }
}
