package dev.sluice.server.workspaces;

import dev.sluice.server.store.Life;
import java.util.UUID;

/**
 * The room of a team.
 *
 * @param id its identity
 * @param organizationId whose it is
 * @param name its name
 * @param slug its name in addresses, unique
 * @param settings what is set for all in it
 * @param life its age
 */
public record Workspace(UUID id, UUID organizationId, String name, String slug, WorkspaceSettings settings, Life life) {
    /** The same workspace with other settings. */
    public Workspace with(String otherName, WorkspaceSettings others) {
        return new Workspace(id, organizationId, otherName, slug, others, life);
    }
}
