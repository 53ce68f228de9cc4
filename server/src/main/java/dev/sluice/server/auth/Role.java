package dev.sluice.server.auth;

import java.util.EnumSet;
import java.util.Set;

/** What an account is, in a workspace, an organisation or everywhere; called as the public API calls it. */
public enum Role {
    /** Everything. */
    INSTANCE_ADMIN(Place.EVERYWHERE, EnumSet.allOf(Access.class)),
    /** Everything in the workspaces of an organisation. */
    ORGANIZATION_ADMIN(Place.ORGANIZATION, EnumSet.allOf(Access.class)),
    /** All but administration. */
    ORGANIZATION_EDITOR(Place.ORGANIZATION, EnumSet.complementOf(EnumSet.of(Access.ADMIN))),
    /** Running and looking. */
    ORGANIZATION_RUNNER(Place.ORGANIZATION, EnumSet.of(Access.READ, Access.RUN)),
    /** Looking. */
    ORGANIZATION_READER(Place.ORGANIZATION, EnumSet.of(Access.READ)),
    /** Being there; its workspaces have roles of their own. */
    ORGANIZATION_MEMBER(Place.ORGANIZATION, EnumSet.noneOf(Access.class)),
    /** Everything in a workspace. */
    WORKSPACE_ADMIN(Place.WORKSPACE, EnumSet.allOf(Access.class)),
    /** All but administration. */
    WORKSPACE_EDITOR(Place.WORKSPACE, EnumSet.complementOf(EnumSet.of(Access.ADMIN))),
    /** Sources only. */
    WORKSPACE_SOURCE_EDITOR(Place.WORKSPACE, EnumSet.of(Access.READ, Access.RUN, Access.EDIT_SOURCES)),
    /** Destinations only. */
    WORKSPACE_DESTINATION_EDITOR(Place.WORKSPACE, EnumSet.of(Access.READ, Access.RUN, Access.EDIT_DESTINATIONS)),
    /** Running and looking. */
    WORKSPACE_RUNNER(Place.WORKSPACE, EnumSet.of(Access.READ, Access.RUN)),
    /** Looking. */
    WORKSPACE_READER(Place.WORKSPACE, EnumSet.of(Access.READ));

    private final Place place;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that cannot be changed
    private final Set<Access> access;

    Role(Place place, Set<Access> access) {
        this.place = place;
        this.access = Set.copyOf(access);
    }

    /** Where a role holds. */
    public enum Place {
        /** On this server. */
        EVERYWHERE,
        /** In the workspaces of an organisation. */
        ORGANIZATION,
        /** In one workspace. */
        WORKSPACE
    }

    /** Where it holds. */
    public Place place() {
        return place;
    }

    /** True if it allows this where it holds. */
    boolean allows(Access wished) {
        return access.contains(wished);
    }
}
