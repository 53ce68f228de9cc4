package dev.sluice.server.api.open;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.auth.Access;
import dev.sluice.server.auth.Realm;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.tags.Tag;
import dev.sluice.server.workspaces.Organization;
import dev.sluice.server.workspaces.Workspace;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds the objects that calls name, and the workspaces that these are in. What was deleted is not there any more. */
public final class Places {
    /** Stands where nobody and no place is meant. */
    public static final UUID NOBODY = new UUID(0, 0);

    private final Features features;

    /** Those of a store. */
    public Places(Features features) {
        this.features = features;
    }

    /** The workspace that the path names. */
    public Route.Place workspaceInPath() {
        return (transaction, call) -> workspace(transaction, call.id("workspaceId"));
    }

    /** The workspace that the content names. */
    public Route.Place workspaceInBody() {
        return (transaction, call) -> workspace(transaction, call.requiredId("workspaceId"));
    }

    /** That of the source or destination that the path names. */
    public Route.Place actorInPath(ConnectorKind kind) {
        return (transaction, call) -> workspace(
                transaction,
                actor(transaction, kind, call.id(word(kind) + "Id")).workspaceId());
    }

    /** That of the source that the parameter names. */
    public Route.Place sourceInQuery() {
        return (transaction, call) -> {
            String id = call.parameter("sourceId");
            if (id == null) {
                throw Refusal.badRequest("sourceId is required");
            }
            return workspace(
                    transaction,
                    actor(transaction, ConnectorKind.SOURCE, Call.uuid("sourceId", id))
                            .workspaceId());
        };
    }

    /** That of the source or destination that the content names. */
    public Route.Place actorInBody(ConnectorKind kind) {
        return (transaction, call) -> workspace(
                transaction,
                actor(transaction, kind, call.requiredId(word(kind) + "Id")).workspaceId());
    }

    /** That of the connection that the path names. */
    public Route.Place connectionInPath() {
        return (transaction, call) -> workspace(
                transaction, connection(transaction, call.id("connectionId")).workspaceId());
    }

    /** That of the connection that the content names. */
    public Route.Place connectionInBody() {
        return (transaction, call) -> workspace(
                transaction,
                connection(transaction, call.requiredId("connectionId")).workspaceId());
    }

    /** That of the tag that the path names. */
    public Route.Place tagInPath() {
        return (transaction, call) ->
                workspace(transaction, tag(transaction, call.id("tagId")).workspaceId());
    }

    /** The organisation that the parameter names. */
    public Route.Territory organizationInQuery() {
        return (transaction, call) -> {
            UUID id = call.parameterId("organizationId");
            if (id == null) {
                throw Refusal.badRequest("organizationId is required");
            }
            return organization(transaction, id);
        };
    }

    /** The organisation that the path names. */
    public Route.Territory organizationInPath() {
        return (transaction, call) -> organization(transaction, call.id("organizationId"));
    }

    /** An organisation. */
    public Realm organization(Transaction transaction, UUID id) throws SQLException {
        if (features.workspaces.organizations(transaction).stream()
                .noneMatch(organization -> organization.id().equals(id))) {
            throw Refusal.notFound("organization", id);
        }
        return new Realm.OfOrganization(id);
    }

    /** A workspace. */
    public Workspace workspace(Transaction transaction, UUID id) throws SQLException {
        return features.workspaces
                .find(transaction, id)
                .filter(workspace -> workspace.life().isThere())
                .orElseThrow(() -> Refusal.notFound("workspace", id));
    }

    /** A source or destination. */
    public Actor actor(Transaction transaction, ConnectorKind kind, UUID id) throws SQLException {
        return features.actors
                .find(transaction, kind, id)
                .filter(actor -> actor.life().isThere())
                .orElseThrow(() -> Refusal.notFound(word(kind), id));
    }

    /** A connection. */
    public Connection connection(Transaction transaction, UUID id) throws SQLException {
        return features.connections
                .find(transaction, id)
                .filter(connection -> connection.life().isThere())
                .orElseThrow(() -> Refusal.notFound("connection", id));
    }

    public Tag tag(Transaction transaction, UUID id) throws SQLException {
        return features.tags.find(transaction, id).orElseThrow(() -> Refusal.notFound("tag", id));
    }

    /**
     * The organisation for a new workspace: the one that is asked for, or the first one in which the caller may make one.
     *
     * @throws Refusal if there is none
     */
    public Organization organization(Transaction transaction, Call call, @Nullable UUID asked) throws SQLException {
        return features.workspaces.organizations(transaction).stream()
                .filter(one -> asked == null || one.id().equals(asked))
                .filter(one -> call.caller().mayIn(one.id(), Access.ADMIN))
                .findFirst()
                .orElseThrow(Refusal::forbidden);
    }

    /**
     * The workspaces that a list is of: those that are asked for, or all that the caller may look into.
     *
     * @throws Refusal if one that is asked for is not among these
     */
    public List<Workspace> listed(Transaction transaction, Call call, boolean deleted) throws SQLException {
        List<UUID> asked = call.ids("workspaceIds");
        List<Workspace> seen = new ArrayList<>();
        for (long offset = 0; ; offset += Page.MOST) {
            List<Workspace> some = features.workspaces.list(transaction, asked, deleted, new Page(Page.MOST, offset));
            for (Workspace workspace : some) {
                if (call.caller().may(Access.READ, workspace)) {
                    seen.add(workspace);
                } else if (asked != null) {
                    throw Refusal.forbidden();
                }
            }
            if (some.size() < Page.MOST) {
                return seen;
            }
        }
    }

    /** Their ids. */
    public static List<UUID> ids(List<Workspace> workspaces) {
        return workspaces.stream().map(Workspace::id).toList();
    }

    /** How paths and members call it. */
    public static String word(ConnectorKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
