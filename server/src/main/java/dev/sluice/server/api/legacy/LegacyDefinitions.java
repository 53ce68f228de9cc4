package dev.sluice.server.api.legacy;

import dev.sluice.server.actors.ActorConnector;
import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Connectors;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.workspaces.Workspace;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The connectors that can be chosen, and what they want. */
final class LegacyDefinitions {
    private final Features features;
    private final Places places;
    private final Connectors connectors;
    private final ConnectorKind kind;
    private final String word;

    LegacyDefinitions(Features features, Places places, Connectors connectors, ConnectorKind kind) {
        this.features = features;
        this.places = places;
        this.connectors = connectors;
        this.kind = kind;
        this.word = Places.word(kind);
    }

    List<Route> routes() {
        String title = kind == ConnectorKind.SOURCE ? "Source" : "Destination";
        String group = title + "Definitions";
        return List.of(
                Route.post("/" + word + "_definitions/list", "listAll" + group, group)
                        .takes("NoBody")
                        .gives(title + "DefinitionReadList")
                        .by(_ -> list(Places.NOBODY)),
                Route.post("/" + word + "_definitions/list_for_workspace", "list" + group + "ForWorkspace", group)
                        .needs(Access.READ, places.workspaceInBody())
                        .takes("WorkspaceIdRequestBody")
                        .gives(title + "DefinitionReadList")
                        .by(call -> list(call.workspaceOf().id())),
                Route.post("/" + word + "_definitions/get", "get" + title + "DefinitionRead", group)
                        .takes(title + "DefinitionIdRequestBody")
                        .gives(title + "DefinitionRead")
                        .by(call -> features.store.read(
                                transaction -> Answer.json(shown(transaction, find(transaction, call))))),
                Route.post(
                                "/" + word + "_definition_specifications/get",
                                "get" + title + "DefinitionSpecification",
                                group)
                        .takes(title + "DefinitionIdRequestBody")
                        .gives(title + "DefinitionSpecificationRead")
                        .by(this::spec));
    }

    private Answer list(UUID workspaceId) {
        return features.store.read(transaction -> {
            List<Map<String, Object>> shown = new ArrayList<>();
            for (Definition definition : features.definitions.list(transaction, workspaceId, kind)) {
                shown.add(shown(transaction, definition));
            }
            return Answer.json(Map.of(word + "Definitions", shown));
        });
    }

    /** A definition that all have, or one of a workspace that the caller may look into. */
    private Definition find(Transaction transaction, Call call) throws SQLException {
        UUID id = call.requiredId(word + "DefinitionId");
        Definition definition = features.definitions
                .find(transaction, id)
                .filter(there -> there.kind() == kind && there.life().isThere())
                .orElseThrow(() -> Refusal.notFound("definition", id));
        UUID owner = definition.workspaceId();
        if (owner != null) {
            Workspace workspace = places.workspace(transaction, owner);
            if (!call.caller().may(Access.READ, workspace)) {
                throw Refusal.forbidden();
            }
        }
        return definition;
    }

    private Answer spec(Call call) {
        return features.store.read(transaction -> {
            Definition definition = find(transaction, call);
            Connectors.Chosen chosen = connectors.chosen(transaction, new ActorConnector(definition.id(), null));
            Shown shown = new Shown()
                    .with(word + "DefinitionId", definition.id().toString())
                    .with("documentationUrl", definition.facts().documentationUrl())
                    .with(
                            "connectionSpecification",
                            JsonText.object(chosen.spec().text()))
                    .with("jobInfo", Map.of("configType", "get_spec", "succeeded", true));
            if (kind == ConnectorKind.DESTINATION) {
                shown.with("supportedDestinationSyncModes", LegacyCatalogs.DESTINATION_MODES);
            }
            return shown.answer();
        });
    }

    private Map<String, Object> shown(Transaction transaction, Definition definition) throws SQLException {
        Connectors.Image image = connectors.image(transaction, definition);
        return new Shown()
                .with(word + "DefinitionId", definition.id().toString())
                .with("name", definition.name())
                .with("dockerRepository", image.repository())
                .with("dockerImageTag", image.tag())
                .with("documentationUrl", definition.facts().documentationUrl())
                .with("custom", definition.workspaceId() != null)
                .with("supportLevel", definition.facts().supportLevel().name().toLowerCase(Locale.ROOT))
                .object();
    }
}
