package dev.sluice.server.workspaces;

import dev.sluice.server.store.Json;
import org.jspecify.annotations.Nullable;

/**
 * What is set for all that is in a workspace.
 *
 * @param email where messages go; null for nowhere
 * @param notifications on which occasion whom to tell
 * @param more limits and defaults
 */
public record WorkspaceSettings(@Nullable String email, Json notifications, Json more) {
    /** Nobody is told anything, and nothing is limited. */
    public static final WorkspaceSettings NONE = new WorkspaceSettings(null, Json.EMPTY, Json.EMPTY);
}
