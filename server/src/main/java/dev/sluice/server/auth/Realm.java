package dev.sluice.server.auth;

import dev.sluice.server.workspaces.Workspace;
import java.util.UUID;

/** Where somebody may do something. */
public sealed interface Realm {
    /** On the whole server. */
    record Everywhere() implements Realm {}

    /** In an organisation as such. */
    record OfOrganization(UUID id) implements Realm {}

    /** In a workspace. */
    record OfWorkspace(Workspace workspace) implements Realm {}
}
