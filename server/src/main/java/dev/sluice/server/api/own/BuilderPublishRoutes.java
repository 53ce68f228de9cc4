package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.LiveContent;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Builder;
import dev.sluice.server.api.open.DefinitionEdits;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.builder.BuilderProject;
import dev.sluice.server.builder.BuilderProjects;
import dev.sluice.server.builder.BuilderTest;
import dev.sluice.server.builder.Exported;
import dev.sluice.server.builder.Publishing;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionFacts;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Manifests;
import dev.sluice.server.definitions.Origin;
import dev.sluice.server.definitions.SupportLevel;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.workbench.Checked;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes connectors of the workspace of what was built, and takes older versions back into use. */
final class BuilderPublishRoutes {
    private static final String VERSIONS = BuilderRoutes.ONE + "/versions";

    private final Features features;
    private final Store store;
    private final Builder builder;
    private final BuilderPlaces found;
    private final DefinitionEdits edits;

    BuilderPublishRoutes(Features features, BuilderPlaces found) {
        this.features = features;
        this.store = features.store;
        this.builder = features.work.builder();
        this.found = found;
        this.edits = new DefinitionEdits(features);
    }

    List<Route> routes() {
        return List.of(
                Route.get(BuilderRoutes.ONE + "/publish/impact", "getBuilderImpact", BuilderRoutes.GROUP)
                        .needs(Access.READ, found.project())
                        .gives("BuilderImpact")
                        .by(call ->
                                store.read(transaction -> shown(impact(transaction, found.project(transaction, call)))
                                        .answer())),
                Route.post(BuilderRoutes.ONE + "/publish", "publishBuilderProject", BuilderRoutes.GROUP)
                        .needs(Access.EDIT, found.project())
                        .takes("BuilderPublish")
                        .gives("BuilderPublished")
                        .by(this::publish),
                Route.get(VERSIONS, "listBuilderVersions", BuilderRoutes.GROUP)
                        .needs(Access.READ, found.project())
                        .gives("BuilderVersions")
                        .by(call -> store.read(transaction -> versions(transaction, found.project(transaction, call)))),
                Route.post(VERSIONS + "/{version}/activate", "activateBuilderVersion", BuilderRoutes.GROUP)
                        .needs(Access.EDIT, found.project())
                        .gives("BuilderPublished")
                        .by(call -> store.compute(transaction -> activate(transaction, call))),
                Route.get(BuilderRoutes.ONE + "/export", "exportBuilderProject", BuilderRoutes.GROUP)
                        .needs(Access.EDIT, found.project())
                        .gives("zip")
                        .by(this::export));
    }

    /** What to know before something is published. */
    private record Impact(
            List<Publishing.Check> checks, List<Publishing.Breaking> breaking, List<Publishing.Affected> connections) {}

    private Impact impact(Transaction transaction, BuilderProject project) throws SQLException {
        Checked now = builder.projects().check(project.draft().manifest());
        Map<String, BuilderTest> tests = builder.tests().last(transaction, project.id());
        List<Publishing.Breaking> breaking = new ArrayList<>();
        List<Publishing.Affected> connections = new ArrayList<>();
        Optional<Definition> definition = definition(transaction, project);
        if (definition.isPresent()) {
            DefinitionVersion version = version(transaction, definition.get());
            breaking.addAll(Publishing.breaking(builder.projects().check(text(transaction, version)), now));
            connections.addAll(Publishing.affected(transaction, definition.get().id(), breaking));
        }
        return new Impact(Publishing.checks(now, tests), breaking, connections);
    }

    private static Shown shown(Impact impact) {
        return new Shown()
                .with(
                        "checks",
                        impact.checks().stream()
                                .map(check -> new Shown()
                                        .with("code", check.code())
                                        .with("severity", check.isError() ? "error" : "warning")
                                        .with("message", check.message())
                                        .with("stream", check.stream())
                                        .object())
                                .toList())
                .with(
                        "breaking",
                        impact.breaking().stream()
                                .map(each -> Map.of("stream", each.stream(), "what", each.what()))
                                .toList())
                .with(
                        "connections",
                        impact.connections().stream()
                                .map(each -> Map.of(
                                        "connectionId",
                                        each.connectionId(),
                                        "name",
                                        each.name(),
                                        "effect",
                                        each.effect()))
                                .toList());
    }

    /** The connector that was made of a project, if it is still there. */
    private Optional<Definition> definition(Transaction transaction, BuilderProject project) throws SQLException {
        UUID id = project.published().definitionId();
        return id == null
                ? Optional.empty()
                : features.definitions
                        .find(transaction, id)
                        .filter(definition -> definition.life().deletedAt() == null);
    }

    private DefinitionVersion version(Transaction transaction, Definition definition) throws SQLException {
        return features.definitions
                .version(transaction, definition.id(), definition.defaultNumber())
                .orElseThrow(() -> Refusal.notFound("definition", definition.id()));
    }

    private String text(Transaction transaction, DefinitionVersion version) throws SQLException {
        for (BuilderProjects.Text text : builder.projects().texts(transaction, version.definitionId())) {
            if (text.number() == version.number()) {
                return text.manifest();
            }
        }
        return Manifests.text(version).orElse("");
    }

    private Answer publish(Call call) {
        BuilderProject project = store.read(transaction -> found.project(transaction, call));
        Impact impact = store.read(transaction -> impact(transaction, project));
        requirePublishable(impact, call.text("ignoreWarnings"));
        String manifest = project.draft().manifest();
        String name = project.draft().name();
        // It can be large, so it is read before a transaction begins.
        DefinitionEdits.Offer offer = edits.manifest(name, "1", Manifests.parse(name, manifest));
        return store.compute(transaction -> {
            BuilderProject now = found.project(transaction, call);
            if (now.draft().revision() != project.draft().revision()) {
                throw Refusal.of(409, "state-conflict", "the project was changed meanwhile; look at it again");
            }
            return publish(transaction, call, now, offer);
        });
    }

    private static void requirePublishable(Impact impact, @Nullable String reason) {
        boolean wrong = impact.checks().stream().anyMatch(Publishing.Check::isError);
        boolean doubtful = !impact.checks().isEmpty() || !impact.breaking().isEmpty();
        if (wrong || (doubtful && reason == null)) {
            throw Refusal.of(
                            422,
                            "unprocessable-entity",
                            wrong
                                    ? "the connector cannot be published like this"
                                    : "there are warnings; say in ignoreWarnings why it is to be published all the"
                                            + " same")
                    .with("impact", shown(impact).object());
        }
    }

    private Answer publish(Transaction transaction, Call call, BuilderProject project, DefinitionEdits.Offer offer)
            throws SQLException {
        String name = project.draft().name();
        Definition known = definition(transaction, project).orElse(null);
        Definition definition = known != null
                ? known
                : features.definitions.add(
                        transaction,
                        UUID.randomUUID(),
                        project.workspaceId(),
                        ConnectorKind.SOURCE,
                        name,
                        new DefinitionFacts(Origin.MANIFEST, SupportLevel.NONE, null, null, Json.EMPTY));
        List<DefinitionVersion> versions = features.definitions.versions(transaction, definition.id());
        long next =
                1 + versions.stream().mapToLong(DefinitionVersion::number).max().orElse(0);
        String wanted = call.text("version");
        String label = wanted == null ? String.valueOf(next) : wanted;
        if (versions.stream().anyMatch(version -> version.label().equals(label))) {
            throw Refusal.of(409, "state-conflict", "there is a version " + label + " already; give it another name");
        }
        DefinitionVersion made =
                features.definitions.addVersion(transaction, definition.id(), label, offer.reference(), offer.spec());
        String reason = call.text("ignoreWarnings");
        String note = call.required("note") + (reason == null ? "" : "\n\nPublished with warnings: " + reason);
        builder.projects()
                .addVersion(
                        transaction,
                        definition.id(),
                        made.number(),
                        project.draft().manifest(),
                        note,
                        call.caller().name());
        builder.projects().published(transaction, project, definition.id());
        Definition now = features.definitions.find(transaction, definition.id()).orElseThrow();
        if (known != null) {
            boolean active = !Boolean.FALSE.equals(call.body().get("activate"));
            features.definitions.replace(
                    transaction, now.with(name, now.facts()).at(active ? made.number() : known.defaultNumber()));
        }
        return published(definition.id(), label);
    }

    private static Answer published(UUID definitionId, String label) {
        return new Shown()
                .with("definitionId", definitionId)
                .with("version", label)
                .answer();
    }

    private Answer versions(Transaction transaction, BuilderProject project) throws SQLException {
        Definition definition = definition(transaction, project).orElse(null);
        if (definition == null) {
            return Shown.list(List.of());
        }
        Map<Long, BuilderProjects.Text> texts = new LinkedHashMap<>();
        builder.projects().texts(transaction, definition.id()).forEach(text -> texts.put(text.number(), text));
        List<Map<String, Object>> shown = new ArrayList<>();
        for (DefinitionVersion version : features.definitions.versions(transaction, definition.id())) {
            BuilderProjects.Text text = texts.get(version.number());
            shown.add(new Shown()
                    .with("version", version.label())
                    .with("note", text == null ? "" : text.note())
                    .with("at", version.createdAt().toString())
                    .with("by", text == null ? "" : text.by())
                    .with("active", version.number() == definition.defaultNumber())
                    .with("manifest", text == null ? Manifests.text(version).orElse("") : text.manifest())
                    .object());
        }
        return Shown.list(shown);
    }

    private Answer activate(Transaction transaction, Call call) throws SQLException {
        BuilderProject project = found.project(transaction, call);
        String label = String.valueOf(call.names().get("version"));
        Definition definition = definition(transaction, project)
                .orElseThrow(() -> Refusal.unprocessable("the project was never published"));
        DefinitionVersion version = features.definitions.versions(transaction, definition.id()).stream()
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("version", label));
        features.definitions.replace(transaction, definition.at(version.number()));
        return published(definition.id(), label);
    }

    private Answer export(Call call) {
        record Known(BuilderProject project, Map<String, String> recordings) {}
        Known known = store.read(transaction -> {
            BuilderProject project = found.project(transaction, call);
            Map<String, String> recordings = new LinkedHashMap<>();
            for (BuilderTest test : builder.tests().list(transaction, project.id(), null)) {
                if (test.facts().recorded() && !recordings.containsKey(test.stream())) {
                    builder.tests()
                            .recording(transaction, test.id())
                            .ifPresent(text -> recordings.put(test.stream(), text));
                }
            }
            return new Known(project, recordings);
        });
        Exported exported = new Exported(
                known.project().draft().name(), known.project().draft().manifest(), known.recordings());
        LiveContent content = reader -> reader.send(exported.zip());
        return Answer.file("application/zip", exported.fileName(), content);
    }
}
