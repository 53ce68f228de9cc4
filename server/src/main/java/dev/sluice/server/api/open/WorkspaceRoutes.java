package dev.sluice.server.api.open;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.auth.Access;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.notify.NotificationSettings;
import dev.sluice.server.store.Json;
import dev.sluice.server.workspaces.Organization;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.server.workspaces.WorkspaceSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workspaces and organisations. */
final class WorkspaceRoutes {
    private static final String GROUP = "Workspaces";

    private final Features features;
    private final Places places;

    WorkspaceRoutes(Features features, Places places) {
        this.features = features;
        this.places = places;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/workspaces", "listWorkspaces", GROUP)
                        .parameter("workspaceIds", "uuids")
                        .parameter("includeDeleted", "boolean")
                        .paged()
                        .gives("WorkspacesResponse")
                        .by(this::list),
                Route.post("/workspaces", "createWorkspace", GROUP)
                        .takes("WorkspaceCreateRequest")
                        .gives("WorkspaceResponse")
                        .by(this::create),
                Route.get("/workspaces/{workspaceId}", "getWorkspace", GROUP)
                        .needs(Access.READ, places.workspaceInPath())
                        .gives("WorkspaceResponse")
                        .by(call -> answer(call.workspaceOf(), call)),
                Route.patch("/workspaces/{workspaceId}", "updateWorkspace", GROUP)
                        .needs(Access.ADMIN, places.workspaceInPath())
                        .takes("WorkspaceUpdateRequest")
                        .gives("WorkspaceResponse")
                        .by(this::update),
                Route.delete("/workspaces/{workspaceId}", "deleteWorkspace", GROUP)
                        .needs(Access.ADMIN, places.workspaceInPath())
                        .by(this::delete),
                Route.get("/organizations", "listOrganizations", "Organizations")
                        .gives("OrganizationsResponse")
                        .by(this::organizations));
    }

    private Answer list(Call call) {
        List<Workspace> all =
                features.store.read(transaction -> places.listed(transaction, call, call.flag("includeDeleted")));
        List<Workspace> from = all.stream()
                .skip(call.page().offset())
                .limit(call.page().limit())
                .toList();
        return Shown.page(call, from, workspace -> shown(workspace, call));
    }

    private Answer create(Call call) {
        return features.store.compute(transaction -> {
            Organization organization = places.organization(transaction, call, call.idOrNull("organizationId"));
            WorkspaceSettings settings = new WorkspaceSettings(null, notifications(call, Json.EMPTY), Json.EMPTY);
            return answer(
                    features.workspaces.add(transaction, organization.id(), call.required("name"), settings), call);
        });
    }

    private Answer update(Call call) {
        return features.store.compute(transaction -> {
            Workspace workspace = call.workspaceOf();
            String name = call.text("name");
            WorkspaceSettings old = workspace.settings();
            WorkspaceSettings settings =
                    new WorkspaceSettings(old.email(), notifications(call, old.notifications()), old.more());
            return answer(
                    features.workspaces.replace(
                            transaction, workspace.with(name == null ? workspace.name() : name, settings)),
                    call);
        });
    }

    private Answer delete(Call call) {
        features.store.change(transaction -> features.workspaces.delete(transaction, call.workspaceOf()));
        return Answer.done();
    }

    private Answer organizations(Call call) {
        return Shown.list(features.store.read(transaction -> features.workspaces.organizations(transaction).stream()
                .filter(organization -> call.caller().mayIn(organization.id(), Access.READ))
                .map(organization -> new Shown()
                        .with("organizationId", organization.id().toString())
                        .with("organizationName", organization.name())
                        .with("email", organization.email())
                        .object())
                .toList()));
    }

    private static Json notifications(Call call, Json otherwise) {
        Object wished = call.body().get("notifications");
        if (wished == null) {
            return otherwise;
        }
        Map<String, @Nullable Object> occasions = JsonText.members(wished);
        occasions.forEach((occasion, channels) -> {
            if (channels instanceof Map<?, ?> each
                    && each.get("webhook") instanceof Map<?, ?> webhook
                    && Boolean.TRUE.equals(webhook.get("enabled"))
                    && (!(webhook.get("url") instanceof String url) || url.isBlank())) {
                throw Refusal.typed(
                        400,
                        "Notification is missing its URL",
                        "error:notification/config/missing-url",
                        "the webhook of " + occasion + " is enabled and has no url");
            }
        });
        return new Json(JsonText.write(occasions));
    }

    private static Answer answer(Workspace workspace, Call call) {
        return Answer.json(shown(workspace, call));
    }

    private static Map<String, Object> shown(Workspace workspace, Call call) {
        return new Shown()
                .with("workspaceId", workspace.id().toString())
                .with("name", workspace.name())
                .with("dataResidency", "auto")
                .with(
                        "notifications",
                        NotificationSettings.occasions(workspace, call.caller().may(Access.ADMIN, workspace)))
                .object();
    }
}
