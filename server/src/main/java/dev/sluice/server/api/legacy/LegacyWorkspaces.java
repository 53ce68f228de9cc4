package dev.sluice.server.api.legacy;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.store.Json;
import dev.sluice.server.workspaces.Organization;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.server.workspaces.WorkspaceSettings;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Workspaces. */
final class LegacyWorkspaces {
    private static final String GROUP = "Workspaces";

    private final Features features;
    private final Places places;

    LegacyWorkspaces(Features features, Places places) {
        this.features = features;
        this.places = places;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/workspaces/list", "listAllWorkspaces", GROUP)
                        .takes("NoBody")
                        .gives("WorkspaceReadList")
                        .by(this::list),
                Route.post("/workspaces/get", "getWorkspaceRead", GROUP)
                        .needs(Access.READ, places.workspaceInBody())
                        .takes("WorkspaceIdRequestBody")
                        .gives("WorkspaceRead")
                        .by(call -> Answer.json(shown(call.workspaceOf()))),
                Route.post("/workspaces/create", "createWorkspaceRead", GROUP)
                        .takes("WorkspaceCreate")
                        .gives("WorkspaceRead")
                        .by(this::create));
    }

    private Answer list(Call call) {
        List<Workspace> seen = features.store.read(transaction -> places.listed(transaction, call, false));
        return Answer.json(
                Map.of("workspaces", seen.stream().map(LegacyWorkspaces::shown).toList()));
    }

    private Answer create(Call call) {
        UUID asked = call.idOrNull("organizationId");
        WorkspaceSettings settings = new WorkspaceSettings(call.text("email"), Json.EMPTY, Json.EMPTY);
        return features.store.compute(transaction -> {
            Organization organization = places.organization(transaction, call, asked);
            return Answer.json(
                    shown(features.workspaces.add(transaction, organization.id(), call.required("name"), settings)));
        });
    }

    private static Map<String, Object> shown(Workspace workspace) {
        return new Shown()
                .with("workspaceId", workspace.id().toString())
                .with("customerId", workspace.id().toString())
                .with("name", workspace.name())
                .with("slug", workspace.slug())
                .with("email", workspace.settings().email())
                .with("organizationId", workspace.organizationId().toString())
                .with("initialSetupComplete", true)
                .object();
    }
}
