package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.auth.Access;
import dev.sluice.server.project.Export;
import dev.sluice.server.project.ProjectWish;
import dev.sluice.server.project.Projects;
import java.time.Clock;
import java.util.List;

/** Workspaces as code: what a project file changes, the change itself, and the way back. */
final class ProjectRoutes {
    private static final String GROUP = "Projects";

    private final Places places;
    private final Projects projects;
    private final Export export;

    ProjectRoutes(Features features, Places places, Clock clock) {
        this.places = places;
        this.projects = features.projects;
        this.export = new Export(features.store, clock);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/workspaces/{workspaceId}/project", "exportProject", GROUP)
                        .needs(Access.READ, places.workspaceInPath())
                        .gives("ProjectExport")
                        .by(call -> Answer.json(export.of(call.workspaceOf().id()))),
                Route.get("/connections/{connectionId}/project", "exportConnection", GROUP)
                        .needs(Access.READ, places.connectionInPath())
                        .gives("ProjectExport")
                        .by(call -> Answer.json(export.of(call.workspaceOf().id(), call.id("connectionId")))),
                Route.post("/workspaces/{workspaceId}/project/plan", "planProject", GROUP)
                        .needs(Access.EDIT, places.workspaceInPath())
                        .takes("ProjectWish")
                        .gives("ProjectPlan")
                        .by(call -> Answer.json(projects.plan(call.workspaceOf().id(), wish(call))
                                .members())),
                Route.post("/workspaces/{workspaceId}/project/apply", "applyProject", GROUP)
                        .needs(Access.EDIT, places.workspaceInPath())
                        .takes("ProjectWish")
                        .gives("ProjectPlan")
                        .by(call ->
                                Answer.json(projects.apply(call.workspaceOf().id(), wish(call), call.text("plan"))
                                        .members())));
    }

    private static ProjectWish wish(Call call) {
        return ProjectWish.read(call.body());
    }
}
