package dev.sluice.server.auth;

import dev.sluice.server.workspaces.Workspace;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whoever asks for something.
 *
 * @param accountId the account; null where no login is needed
 * @param name how the log calls them
 * @param scopes what the token that was shown is good for, whatever the account may do
 * @param grants the roles of the account
 */
public record Caller(@Nullable UUID accountId, String name, Set<Access> scopes, List<Grant> grants) {
    /** The person at this machine, where no login is needed. */
    public static final Caller LOCAL =
            new Caller(null, "local", Set.of(Access.values()), List.of(new Grant(Role.INSTANCE_ADMIN, null)));

    /** Somebody who is not known, by the name that they gave. */
    public static Caller unknown(String name) {
        return new Caller(null, name, Set.of(), List.of());
    }

    public Caller {
        scopes = Set.copyOf(scopes);
        grants = List.copyOf(grants);
    }

    /** True if they may do this in a workspace. */
    public boolean may(Access access, Workspace workspace) {
        return scopes.contains(access) && grants.stream().anyMatch(grant -> grant.allows(access, workspace));
    }

    /** True if they may do this everywhere, such as making a workspace in an organisation. */
    public boolean mayIn(UUID organizationId, Access access) {
        return scopes.contains(access)
                && grants.stream()
                        .filter(grant -> grant.role().allows(access))
                        .anyMatch(grant -> grant.role().place() == Role.Place.EVERYWHERE
                                || (grant.role().place() == Role.Place.ORGANIZATION
                                        && organizationId.equals(grant.placeId())));
    }

    /** True if they may do this there. */
    public boolean may(Access access, Realm realm) {
        return switch (realm) {
            case Realm.OfWorkspace(Workspace workspace) -> may(access, workspace);
            case Realm.OfOrganization(UUID id) -> mayIn(id, access);
            case Realm.Everywhere() ->
                scopes.contains(access)
                        && grants.stream()
                                .map(Grant::role)
                                .anyMatch(role -> role.place() == Role.Place.EVERYWHERE && role.allows(access));
        };
    }
}
