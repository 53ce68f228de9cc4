package dev.sluice.server.api.open;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.auth.Access;
import dev.sluice.server.auth.Account;
import dev.sluice.server.auth.Caller;
import dev.sluice.server.auth.Grant;
import dev.sluice.server.auth.Permission;
import dev.sluice.server.auth.Realm;
import dev.sluice.server.auth.Role;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who works here, and what they may do. */
final class PeopleRoutes {
    private static final String GROUP = "Permissions";
    private static final String ONE = "/permissions/{permissionId}";
    private static final String TYPE = "permissionType";

    private final Features features;
    private final Places places;

    PeopleRoutes(Features features, Places places) {
        this.features = features;
        this.places = places;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/users", "listUsersWithinAnOrganization", "Users")
                        .needsOver(Access.READ, places.organizationInQuery())
                        .requiredParameter("organizationId", "uuid")
                        .parameter("ids", "uuids")
                        .parameter("emails", "strings")
                        .gives("UsersResponse")
                        .by(this::users),
                Route.get("/permissions", "listPermissions", GROUP)
                        .parameter("userId", "uuid")
                        .parameter("organizationId", "uuid")
                        .gives("PermissionsResponse")
                        .by(this::list),
                Route.post("/permissions", "createPermission", GROUP)
                        .needsOver(Access.ADMIN, (transaction, call) -> realm(transaction, wished(call)))
                        .takes("PermissionCreateRequest")
                        .gives("PermissionResponse")
                        .by(this::create),
                Route.get(ONE, "getPermission", GROUP)
                        .needsOver(Access.ADMIN, this::realmInPath)
                        .gives("PermissionResponse")
                        .by(call ->
                                features.store.read(transaction -> Answer.json(shown(permission(transaction, call))))),
                Route.patch(ONE, "updatePermission", GROUP)
                        .needsOver(Access.ADMIN, this::realmInPath)
                        .takes("PermissionUpdateRequest")
                        .gives("PermissionResponse")
                        .by(this::update),
                Route.delete(ONE, "deletePermission", GROUP)
                        .needsOver(Access.ADMIN, this::realmInPath)
                        .by(this::delete));
    }

    private Answer users(Call call) {
        UUID organizationId = Objects.requireNonNull(call.parameterId("organizationId"));
        List<Account> found = features.store.read(transaction ->
                features.accounts.of(transaction, organizationId, call.ids("ids"), call.texts("emails")));
        return Shown.list(found.stream()
                .map(account -> new Shown()
                        .with("id", account.id().toString())
                        .with("name", account.name())
                        .with("email", account.email())
                        .object())
                .toList());
    }

    /** Those of the caller, or of somebody where the caller administers. */
    private Answer list(Call call) {
        UUID organizationId = call.parameterId("organizationId");
        UUID self = call.caller().accountId();
        UUID userId = Objects.requireNonNullElse(call.parameterId("userId"), self == null ? Places.NOBODY : self);
        return features.store.read(transaction -> {
            List<Map<String, Object>> shown = new ArrayList<>();
            for (Permission permission : features.permissions.of(transaction, userId)) {
                Grant grant = permission.grant();
                boolean isSeen = userId.equals(self) || mayAdminister(transaction, call.caller(), grant);
                if (isSeen && (organizationId == null || isIn(transaction, grant, organizationId))) {
                    shown.add(listed(permission));
                }
            }
            return Shown.list(shown);
        });
    }

    private boolean mayAdminister(Transaction transaction, Caller caller, Grant grant) throws SQLException {
        return caller.may(Access.ADMIN, realm(transaction, grant));
    }

    private boolean isIn(Transaction transaction, Grant grant, UUID organizationId) throws SQLException {
        return switch (realm(transaction, grant)) {
            case Realm.Everywhere() -> true;
            case Realm.OfOrganization(UUID id) -> id.equals(organizationId);
            case Realm.OfWorkspace(var workspace) -> workspace.organizationId().equals(organizationId);
        };
    }

    private Realm realm(Transaction transaction, Grant grant) throws SQLException {
        UUID place = grant.placeId();
        if (place == null) {
            return new Realm.Everywhere();
        }
        return grant.role().place() == Role.Place.WORKSPACE
                ? new Realm.OfWorkspace(features.workspaces
                        .find(transaction, place)
                        .orElseThrow(() -> Refusal.notFound("workspace", place)))
                : places.organization(transaction, place);
    }

    private Realm realmInPath(Transaction transaction, Call call) throws SQLException {
        return realm(transaction, permission(transaction, call).grant());
    }

    private Permission permission(Transaction transaction, Call call) throws SQLException {
        UUID id = call.id("permissionId");
        return features.permissions.find(transaction, id).orElseThrow(() -> Refusal.notFound("permission", id));
    }

    private static Role role(Call call) {
        String word = call.required(TYPE);
        for (Role role : Role.values()) {
            if (role.name().equalsIgnoreCase(word) && role != Role.INSTANCE_ADMIN) {
                return role;
            }
        }
        throw Refusal.badRequest("permissionType cannot be " + word);
    }

    /** The role that is wished, in the one place that the content names. */
    private static Grant wished(Call call) {
        Role role = role(call);
        UUID workspaceId = call.idOrNull("workspaceId");
        UUID organizationId = call.idOrNull("organizationId");
        boolean isOfWorkspace = role.place() == Role.Place.WORKSPACE;
        @Nullable UUID place = isOfWorkspace ? workspaceId : organizationId;
        if (place == null || (workspaceId != null && organizationId != null)) {
            throw Refusal.badRequest("a permission of the type " + call.required(TYPE) + " needs "
                    + (isOfWorkspace ? "a workspaceId" : "an organizationId") + " alone");
        }
        return new Grant(role, place);
    }

    private Answer create(Call call) {
        UUID userId = call.requiredId("userId");
        return features.store.compute(transaction -> {
            if (features.accounts.find(transaction, userId).isEmpty()) {
                throw Refusal.notFound("user", userId);
            }
            return Answer.json(shown(features.permissions.grant(transaction, userId, wished(call))));
        });
    }

    private Answer update(Call call) {
        Role role = role(call);
        return features.store.compute(transaction -> {
            Permission old = permission(transaction, call);
            if (role.place() != old.grant().role().place()) {
                throw Refusal.badRequest("permissionType has to stay one of the same kind of place");
            }
            Grant grant = new Grant(role, old.grant().placeId());
            return Answer.json(shown(features.permissions.grant(transaction, old, grant)));
        });
    }

    private Answer delete(Call call) {
        features.store.change(transaction -> features.permissions.revoke(transaction, permission(transaction, call)));
        return Answer.done();
    }

    private static Map<String, Object> shown(Permission permission) {
        Grant grant = permission.grant();
        Role.Place place = grant.role().place();
        return begun(permission)
                .with("workspaceId", place == Role.Place.WORKSPACE ? String.valueOf(grant.placeId()) : null)
                .with("organizationId", place == Role.Place.ORGANIZATION ? String.valueOf(grant.placeId()) : null)
                .object();
    }

    private static Map<String, Object> listed(Permission permission) {
        Grant grant = permission.grant();
        return begun(permission)
                .with(
                        "scopeId",
                        Objects.requireNonNullElse(grant.placeId(), Places.NOBODY)
                                .toString())
                .with(
                        "scope",
                        switch (grant.role().place()) {
                            case WORKSPACE -> "workspace";
                            case ORGANIZATION -> "organization";
                            case EVERYWHERE -> "none";
                        })
                .object();
    }

    private static Shown begun(Permission permission) {
        return new Shown()
                .with("permissionId", permission.id().toString())
                .with("permissionType", permission.grant().role().name().toLowerCase(Locale.ROOT))
                .with("userId", permission.accountId().toString());
    }
}
