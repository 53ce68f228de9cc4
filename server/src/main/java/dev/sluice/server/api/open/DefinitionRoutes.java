package dev.sluice.server.api.open;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.auth.Access;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionFacts;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Manifests;
import dev.sluice.server.definitions.Origin;
import dev.sluice.server.definitions.SupportLevel;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The connectors of a workspace: those beside the server, images, and sources described by a manifest. */
final class DefinitionRoutes {
    private static final String MANIFEST = Manifests.MANIFEST;
    private static final String REPOSITORY = "dockerRepository";
    private static final String TAG = "dockerImageTag";

    private final Features features;
    private final Places places;
    private final Connectors connectors;

    DefinitionRoutes(Features features, Places places, Connectors connectors) {
        this.features = features;
        this.places = places;
        this.connectors = connectors;
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
        DefinitionFacts facts = new DefinitionFacts(
                isDeclarative ? Origin.MANIFEST : Origin.IMAGE,
                SupportLevel.NONE,
                call.text("documentationUrl"),
                null,
                Json.EMPTY);
        Offer offer = isDeclarative
                ? manifest(call, call.required("name"), "1")
                : new Offer(call.required(TAG), image(call.required(REPOSITORY), call.required(TAG)), null);
        return features.store.compute(transaction -> {
            Definition definition = features.definitions.add(
                    transaction, UUID.randomUUID(), call.workspaceOf().id(), kind, call.required("name"), facts);
            features.definitions.addVersion(
                    transaction, definition.id(), offer.label(), offer.reference(), offer.spec());
            return Answer.json(shown(transaction, again(transaction, definition)));
        });
    }

    private Answer update(Call call, ConnectorKind kind, boolean isDeclarative) {
        record Known(Definition definition, DefinitionVersion version) {}
        Known known = features.store.read(transaction -> {
            Definition definition = find(transaction, call, kind, isDeclarative);
            requireOwn(definition);
            return new Known(definition, version(transaction, definition));
        });
        DefinitionVersion version = known.version();
        Offer offer = isDeclarative
                ? manifest(call, known.definition().name(), String.valueOf(version.number() + 1))
                : tagged(call, version);
        return features.store.compute(transaction -> {
            Definition definition = known.definition();
            if (!isDeclarative) {
                definition = features.definitions.replace(
                        transaction, definition.with(call.required("name"), definition.facts()));
            }
            if (isDeclarative || !version.label().equals(offer.label())) {
                features.definitions.addVersion(
                        transaction, definition.id(), offer.label(), offer.reference(), offer.spec());
            }
            return Answer.json(shown(transaction, again(transaction, definition)));
        });
    }

    private static Offer tagged(Call call, DefinitionVersion version) {
        String repository =
                String.valueOf(JsonText.object(version.reference().text()).get(REPOSITORY));
        return new Offer(call.required(TAG), image(repository, call.required(TAG)), null);
    }

    private Answer delete(Call call, ConnectorKind kind, boolean isDeclarative) {
        return features.store.compute(transaction -> {
            Definition definition = find(transaction, call, kind, isDeclarative);
            requireOwn(definition);
            Map<String, Object> shown = shown(transaction, definition);
            features.definitions.delete(transaction, definition);
            return Answer.json(shown);
        });
    }

    /** What the server itself has is not for a workspace to change. */
    private static void requireOwn(Definition definition) {
        if (definition.workspaceId() == null) {
            throw Refusal.of(409, "state-conflict", "the connector belongs to the server and stays as it is");
        }
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

    private Definition again(Transaction transaction, Definition definition) throws SQLException {
        return features.definitions.find(transaction, definition.id()).orElseThrow();
    }

    private static boolean isDeclarative(Definition definition) {
        return definition.facts().origin() == Origin.MANIFEST;
    }

    /** A version as somebody brings it. */
    private record Offer(
            String label, Json reference, @Nullable Json spec) {}

    /** Manifests can be large, so they are read before a transaction begins. */
    private static Offer manifest(Call call, String name, String label) {
        Manifests.Kept kept = Manifests.read(name, JsonText.members(call.body().get(MANIFEST)));
        return new Offer(label, kept.reference(), kept.spec());
    }

    private static Json image(String repository, String tag) {
        Map<String, Object> image = new LinkedHashMap<>();
        image.put(REPOSITORY, repository);
        image.put(TAG, tag);
        return new Json(JsonText.write(image));
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
