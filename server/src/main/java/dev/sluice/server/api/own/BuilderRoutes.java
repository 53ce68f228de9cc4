package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Builder;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.builder.BuilderProject;
import dev.sluice.server.builder.BuilderProjects;
import dev.sluice.server.builder.BuilderTest;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Manifests;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspace;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.workbench.Checked;
import dev.sluice.spi.workbench.Finding;
import dev.sluice.spi.workbench.FoundStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The projects of the Connector Builder: what people write, and what they try it out with. */
final class BuilderRoutes {
    static final String GROUP = "ConnectorBuilder";
    static final String ALL = "/builder/projects";
    static final String ONE = ALL + "/{projectId}";

    private final Features features;
    private final Store store;
    private final Builder builder;
    private final BuilderPlaces found;
    private final Places places;

    BuilderRoutes(Features features, BuilderPlaces found, Places places) {
        this.features = features;
        this.store = features.store;
        this.builder = features.work.builder();
        this.found = found;
        this.places = places;
    }

    List<Route> routes() {
        return List.of(
                Route.get(ALL, "listBuilderProjects", GROUP)
                        .requiredParameter("workspaceId", "uuid")
                        .needs(Access.READ, this::workspaceInQuery)
                        .gives("BuilderProjects")
                        .by(this::list),
                Route.post(ALL, "createBuilderProject", GROUP)
                        .needs(Access.EDIT, places.workspaceInBody())
                        .takes("BuilderProjectCreate")
                        .gives("BuilderProject")
                        .by(this::create),
                Route.get(ONE, "getBuilderProject", GROUP)
                        .needs(Access.READ, found.project())
                        .gives("BuilderProject")
                        .by(call -> store.read(transaction -> whole(transaction, found.project(transaction, call)))),
                Route.put(ONE, "putBuilderProject", GROUP)
                        .needs(Access.EDIT, found.project())
                        .takes("BuilderProjectEdit")
                        .gives("BuilderProject")
                        .by(call -> store.compute(transaction -> replace(transaction, call))),
                Route.delete(ONE, "deleteBuilderProject", GROUP)
                        .needs(Access.EDIT, found.project())
                        .by(this::delete),
                Route.put(ONE + "/testing-values", "putBuilderTestingValues", GROUP)
                        .needs(Access.EDIT, found.project())
                        .takes("BuilderTestingValues")
                        .gives("BuilderProject")
                        .by(call -> store.compute(transaction -> configure(transaction, call))),
                Route.post("/builder/check", "checkManifest", GROUP)
                        .takes("BuilderManifest")
                        .gives("BuilderChecked")
                        .by(call -> Answer.json(checked(builder.projects().check(call.required("manifest"))))));
    }

    private Workspace workspaceInQuery(Transaction transaction, Call call) throws SQLException {
        UUID id = call.parameterId("workspaceId");
        if (id == null) {
            throw Refusal.badRequest("workspaceId is required");
        }
        return places.workspace(transaction, id);
    }

    private Answer list(Call call) {
        return store.read(transaction -> {
            List<Map<String, Object>> shown = new ArrayList<>();
            for (BuilderProject project :
                    builder.projects().list(transaction, call.workspaceOf().id())) {
                shown.add(head(transaction, project).object());
            }
            return Shown.list(shown);
        });
    }

    private Answer create(Call call) {
        String name = call.required("name");
        UUID workspaceId = call.workspaceOf().id();
        return store.compute(transaction -> {
            String manifest = call.body().get("fork") instanceof Map<?, ?> fork
                    ? forked(transaction, workspaceId, JsonText.members(fork))
                    : call.required("manifest");
            BuilderProject project = builder.projects()
                    .add(transaction, workspaceId, name, manifest, call.caller().name());
            return whole(transaction, project);
        });
    }

    /** The text of a version of a connector that a manifest describes. */
    private String forked(Transaction transaction, UUID workspaceId, Map<String, @Nullable Object> fork)
            throws SQLException {
        UUID id = Call.uuid("fork.definitionId", String.valueOf(fork.get("definitionId")));
        Definition definition = features.definitions
                .find(transaction, id)
                .filter(known -> known.life().deletedAt() == null)
                .filter(known -> known.workspaceId() == null || workspaceId.equals(known.workspaceId()))
                .orElseThrow(() -> Refusal.notFound("definition", id));
        Object label = fork.get("version");
        DefinitionVersion version = features.definitions.versions(transaction, id).stream()
                .filter(each ->
                        label == null ? each.number() == definition.defaultNumber() : label.equals(each.label()))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("version", String.valueOf(label)));
        for (BuilderProjects.Text text : builder.projects().texts(transaction, id)) {
            if (text.number() == version.number()) {
                return text.manifest();
            }
        }
        return Manifests.text(version)
                .orElseThrow(() -> Refusal.unprocessable(
                        "the connector " + definition.name() + " is not described by a manifest"));
    }

    private Answer replace(Transaction transaction, Call call) throws SQLException {
        BuilderProject project = found.project(transaction, call);
        BuilderProject.Draft draft = project.draft();
        if (!(call.body().get("revision") instanceof Number seen) || seen.longValue() != draft.revision()) {
            throw Refusal.of(
                            409,
                            "state-conflict",
                            "the project was changed meanwhile by " + draft.changedBy() + " at " + draft.changedAt()
                                    + "; look at it again, and repeat the change")
                    .with("revision", draft.revision())
                    .with("changedBy", draft.changedBy())
                    .with("changedAt", draft.changedAt().toString());
        }
        String name = call.text("name");
        return whole(
                transaction,
                builder.projects()
                        .replace(
                                transaction,
                                project,
                                name == null ? draft.name() : name,
                                call.required("manifest"),
                                call.caller().name()));
    }

    private Answer delete(Call call) {
        store.change(transaction -> builder.projects().delete(transaction, found.project(transaction, call)));
        return Answer.done();
    }

    private Answer configure(Transaction transaction, Call call) throws SQLException {
        BuilderProject project = found.project(transaction, call);
        builder.projects()
                .configure(transaction, project, JsonText.members(call.body().get("values")));
        return whole(transaction, found.project(transaction, call));
    }

    private Shown head(Transaction transaction, BuilderProject project) throws SQLException {
        BuilderProject.Draft draft = project.draft();
        UUID definitionId = project.published().definitionId();
        String active = null;
        if (definitionId != null) {
            Definition definition =
                    features.definitions.find(transaction, definitionId).orElse(null);
            if (definition != null && definition.life().deletedAt() == null) {
                active = features.definitions
                        .version(transaction, definitionId, definition.defaultNumber())
                        .map(DefinitionVersion::label)
                        .orElse(null);
            }
        }
        return new Shown()
                .with("projectId", project.id())
                .with("workspaceId", project.workspaceId())
                .with("name", draft.name())
                .with("revision", draft.revision())
                .with("changedBy", draft.changedBy())
                .with("createdAt", project.createdAt().toString())
                .with("updatedAt", draft.changedAt().toString())
                .with("definitionId", active == null ? null : definitionId)
                .with("activeVersion", active)
                .with("changedSincePublish", project.isChangedSincePublish())
                .with("streamCount", draft.streams());
    }

    private Answer whole(Transaction transaction, BuilderProject project) throws SQLException {
        Map<String, String> prints = new LinkedHashMap<>();
        for (FoundStream stream :
                builder.projects().check(project.draft().manifest()).streams()) {
            prints.put(stream.name(), stream.print());
        }
        Map<String, Object> tests = new LinkedHashMap<>();
        builder.tests().last(transaction, project.id()).forEach((stream, test) -> {
            Json outcome = test.facts().outcome();
            Map<String, @Nullable Object> known = outcome == null ? Map.of() : JsonText.object(outcome.text());
            tests.put(
                    stream,
                    new Shown()
                            .with("testId", test.id())
                            .with("at", test.times().startedAt().toString())
                            .with("revisionHash", test.print())
                            .with("records", known.get("records"))
                            .with("problem", known.get("problem"))
                            .with("warnings", known.get("warnings"))
                            .with("stale", isStale(test, prints))
                            .object());
        });
        return head(transaction, project)
                .with("manifest", project.draft().manifest())
                .with("testingValues", BuilderProjects.shownValues(project))
                .with("tests", tests)
                .answer();
    }

    /** A stream that was made by a template stands in no text; its test counts until the project is changed. */
    private static boolean isStale(BuilderTest test, Map<String, String> prints) {
        return !test.print().equals(prints.getOrDefault(test.stream(), ""));
    }

    static Map<String, Object> checked(Checked checked) {
        return new Shown()
                .with(
                        "problems",
                        checked.findings().stream().map(BuilderRoutes::finding).toList())
                .with(
                        "streams",
                        checked.streams().stream()
                                .map(stream -> new Shown()
                                        .with("name", stream.name())
                                        .with("kind", stream.isTemplate() ? "template" : "stream")
                                        .with("primaryKey", stream.primaryKey())
                                        .with("cursor", stream.cursor())
                                        .object())
                                .toList())
                .with("spec", checked.spec().map(JsonText::object).orElse(null))
                .object();
    }

    private static Map<String, Object> finding(Finding finding) {
        Problem problem = finding.problem();
        String why = problem.why();
        boolean told = why == null || problem.message().contains(why);
        return new Shown()
                .with("path", finding.path())
                .with("line", finding.line())
                .with("column", finding.column())
                .with("severity", finding.isError() ? "error" : "warning")
                .with("code", problem.code())
                .with("message", told ? problem.message() : problem.message() + ": " + why)
                .with("next", problem.fix())
                .object();
    }
}
