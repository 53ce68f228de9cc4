package dev.sluice.server.api.open;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.auth.Access;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Manifests;
import dev.sluice.server.definitions.Origin;
import dev.sluice.server.definitions.Programs;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The connectors of a workspace: those beside the server, images, and sources described by a manifest. */
final class DefinitionRoutes {
    private static final String MANIFEST = Manifests.MANIFEST;
    private static final String REPOSITORY = Programs.REPOSITORY;
    private static final String TAG = Programs.TAG;

    private final Features features;
    private final Places places;
    private final Connectors connectors;
    private final DefinitionEdits edits;

    DefinitionRoutes(Features features, Places places, Connectors connectors) {
        this.features = features;
        this.places = places;
        this.connectors = connectors;
        this.edits = new DefinitionEdits(features);
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.addAll(of("sources", "Source", ConnectorKind.SOURCE, false));
        routes.addAll(of("destinations", "Destination", ConnectorKind.DESTINATION, false));
        routes.addAll(of("declarative_sources", "DeclarativeSource", ConnectorKind.SOURCE, true));
        routes.add(Route.get("/connector_definitions", "listConnectorDefinitions", "ConnectorDefinitions")
                .requiredParameter("type", "string")
                .parameter("workspaceId", "uuid")
                .gives("ConnectorDefinitionsResponse")
                .by(this::all));
        return routes;
    }

    private List<Route> of(String plural, String title, ConnectorKind kind, boolean isDeclarative) {
        String group = title + "Definitions";
        String all = "/workspaces/{workspaceId}/definitions/" + plural;
        String one = all + "/{definitionId}";
        String answer = (isDeclarative ? "DeclarativeSource" : "") + "Definition";
        return List.of(
                Route.get(all, "list" + group, group)
                        .needs(Access.READ, places.workspaceInPath())
                        .gives(answer + "sResponse")
                        .by(call -> list(call, kind, isDeclarative)),
                Route.post(all, "create" + title + "Definition", group)
                        .needs(Access.EDIT, places.workspaceInPath())
                        .takes("Create" + answer + "Request")
                        .gives(answer + "Response")
                        .by(call -> create(call, kind, isDeclarative)),
                Route.get(one, "get" + title + "Definition", group)
                        .needs(Access.READ, places.workspaceInPath())
                        .gives(answer + "Response")
                        .by(call -> features.store.read(transaction ->
                                Answer.json(shown(transaction, find(transaction, call, kind, isDeclarative))))),
                Route.put(one, "update" + title + "Definition", group)
                        .needs(Access.EDIT, places.workspaceInPath())
                        .takes("Update" + answer + "Request")
                        .gives(answer + "Response")
                        .by(call -> update(call, kind, isDeclarative)),
                Route.delete(one, "delete" + title + "Definition", group)
                        .needs(Access.EDIT, places.workspaceInPath())
                        .gives(answer + "Response")
                        .by(call -> delete(call, kind, isDeclarative)));
    }

    private Answer list(Call call, ConnectorKind kind, boolean isDeclarative) {
        return features.store.read(transaction -> {
            List<Map<String, Object>> shown = new ArrayList<>();
            for (Definition definition :
                    features.definitions.list(transaction, call.workspaceOf().id(), kind)) {
                if (isDeclarative(definition) == isDeclarative) {
                    shown.add(shown(transaction, definition));
                }
            }
            return Shown.wholeList(shown);
        });
    }

    /** What all workspaces have, and what one has of its own if it is named. */
    private Answer all(Call call) {
        UUID workspaceId = call.parameterId("workspaceId");
        ConnectorKind kind = switch (String.valueOf(call.parameter("type")).toLowerCase(Locale.ROOT)) {
            case "source" -> ConnectorKind.SOURCE;
            case "destination" -> ConnectorKind.DESTINATION;
            default -> throw Refusal.badRequest("type has to be source or destination");
        };
        return features.store.read(transaction -> {
            UUID place = workspaceId == null ? Places.NOBODY : workspaceId;
            if (workspaceId != null && !call.caller().may(Access.READ, places.workspace(transaction, workspaceId))) {
                throw Refusal.forbidden();
            }
            List<Map<String, Object>> shown = new ArrayList<>();
            for (Definition definition : features.definitions.list(transaction, place, kind)) {
                shown.add(new Shown()
                        .with("id", definition.id().toString())
                        .with("name", definition.name())
                        .with("connectorDefinitionType", Places.word(kind))
                        .with("version", version(transaction, definition).label())
                        .object());
            }
            return Shown.list(shown);
        });
    }

    private Answer create(Call call, ConnectorKind kind, boolean isDeclarative) {
        String name = call.required("name");
        DefinitionEdits.Offer offer = isDeclarative
                ? edits.manifest(name, "1", JsonText.members(call.body().get(MANIFEST)))
                : edits.program(
                        kind,
                        Origin.IMAGE,
                        name,
                        call.required(TAG),
                        Programs.image(call.required(REPOSITORY), call.required(TAG)));
        return answer(edits.create(call.workspaceOf().id(), kind, name, call.text("documentationUrl"), offer));
    }

    private Answer update(Call call, ConnectorKind kind, boolean isDeclarative) {
        record Known(Definition definition, DefinitionVersion version) {}
        Known known = features.store.read(transaction -> {
            Definition definition = find(transaction, call, kind, isDeclarative);
            DefinitionEdits.requireOwn(definition);
            return new Known(definition, version(transaction, definition));
        });
        Definition definition = known.definition();
        DefinitionVersion version = known.version();
        if (isDeclarative) {
            String label = String.valueOf(version.number() + 1);
            return answer(edits.change(
                    definition,
                    definition.name(),
                    edits.manifest(
                            definition.name(),
                            label,
                            JsonText.members(call.body().get(MANIFEST)))));
        }
        String tag = call.required(TAG);
        Origin origin = definition.facts().origin();
        DefinitionEdits.Offer offer = tag.equals(version.label())
                ? null
                : edits.program(kind, origin, definition.name(), tag, Programs.at(version.reference(), tag));
        return answer(edits.change(definition, call.required("name"), offer));
    }

    private Answer answer(Definition definition) {
        return features.store.read(transaction -> Answer.json(shown(transaction, definition)));
    }

    private Answer delete(Call call, ConnectorKind kind, boolean isDeclarative) {
        return features.store.compute(transaction -> {
            Definition definition = find(transaction, call, kind, isDeclarative);
            DefinitionEdits.requireOwn(definition);
            Map<String, Object> shown = shown(transaction, definition);
            features.definitions.delete(transaction, definition);
            return Answer.json(shown);
        });
    }

    private Definition find(Transaction transaction, Call call, ConnectorKind kind, boolean isDeclarative)
            throws SQLException {
        UUID id = call.id("definitionId");
        Definition definition =
                connectors.visible(transaction, call.workspaceOf().id(), kind, id);
        if (isDeclarative(definition) != isDeclarative) {
            throw Refusal.notFound("definition", id);
        }
        return definition;
    }

    private static boolean isDeclarative(Definition definition) {
        return definition.facts().origin() == Origin.MANIFEST;
    }

    private DefinitionVersion version(Transaction transaction, Definition definition) throws SQLException {
        return features.definitions
                .version(transaction, definition.id(), definition.defaultNumber())
                .orElseThrow(() -> Refusal.notFound("definition", definition.id()));
    }

    private Map<String, Object> shown(Transaction transaction, Definition definition) throws SQLException {
        DefinitionVersion version = version(transaction, definition);
        Shown shown = new Shown().with("id", definition.id().toString()).with("name", definition.name());
        if (isDeclarative(definition)) {
            return shown.with(
                            MANIFEST,
                            JsonText.object(version.reference().text()).get(MANIFEST))
                    .with("version", version.number())
                    .object();
        }
        Connectors.Image image = connectors.image(transaction, definition);
        return shown.with(REPOSITORY, image.repository())
                .with(TAG, image.tag())
                .with("documentationUrl", definition.facts().documentationUrl())
                .object();
    }
}
