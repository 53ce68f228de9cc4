package dev.sluice.server.secrets;

import java.util.Objects;
import java.util.UUID;

/**
 * Whose secrets are meant.
 *
 * @param workspaceId where it is
 * @param id the source, destination or other object whose configuration they are of
 */
public record Owner(UUID workspaceId, UUID id) {
    public Owner {
        Objects.requireNonNull(workspaceId);
        Objects.requireNonNull(id);
    }
}
