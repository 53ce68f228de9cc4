package dev.sluice.server.auth;

import dev.sluice.server.workspaces.Workspace;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role in a place.
 *
 * @param role the role
 * @param placeId the organisation or workspace; null for everywhere
 */
public record Grant(Role role, @Nullable UUID placeId) {
    public Grant {
        Objects.requireNonNull(role);
        if ((placeId == null) != (role.place() == Role.Place.EVERYWHERE)) {
            throw new IllegalArgumentException(role + " needs another place");
        }
    }

    /** True if it holds in this workspace and allows this. */
    boolean allows(Access access, Workspace workspace) {
        boolean isHere = switch (role.place()) {
            case EVERYWHERE -> true;
            case ORGANIZATION -> workspace.organizationId().equals(placeId);
            case WORKSPACE -> workspace.id().equals(placeId);
        };
        return isHere && role.allows(access);
    }
}
