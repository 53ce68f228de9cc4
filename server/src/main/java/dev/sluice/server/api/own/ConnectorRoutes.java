package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.definitions.Builtins;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Origin;
import dev.sluice.server.definitions.Programs;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.oauth.Consents;
import dev.sluice.server.store.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The connectors that a workspace may choose from, and what each wants to know. */
final class ConnectorRoutes {
    private static final String GROUP = "Connectors";
    private static final String ALL = "/workspaces/{workspaceId}/connectors";

    private final Features features;
    private final Places places;

    ConnectorRoutes(Features features, Places places) {
        this.features = features;
        this.places = places;
    }

    List<Route> routes() {
        return List.of(
                Route.get(ALL, "listConnectors", GROUP)
                        .needs(Access.READ, places.workspaceInPath())
                        .parameter("kind", "string")
                        .gives("Connectors")
                        .by(call -> features.store.read(transaction -> list(transaction, call))),
                Route.get(ALL + "/{definitionId}", "getConnector", GROUP)
                        .needs(Access.READ, places.workspaceInPath())
                        .gives("ConnectorDetail")
                        .by(call -> features.store.read(transaction -> detail(transaction, call))));
    }

    private Answer list(Transaction transaction, Call call) throws SQLException {
        Set<ConnectorKind> asked = Asked.words(call, "kind", ConnectorKind.class);
        List<Map<String, Object>> shown = new ArrayList<>();
        for (ConnectorKind kind : asked.isEmpty() ? EnumSet.allOf(ConnectorKind.class) : asked) {
            for (Definition definition :
                    features.definitions.list(transaction, call.workspaceOf().id(), kind)) {
                features.definitions
                        .version(transaction, definition.id(), definition.defaultNumber())
                        .ifPresent(version ->
                                shown.add(shown(features, definition, version).object()));
            }
        }
        return Answer.json(Map.of("data", shown));
    }

    private Answer detail(Transaction transaction, Call call) throws SQLException {
        Definition definition = visible(features, transaction, call);
        DefinitionVersion version = version(features, transaction, definition);
        Shown shown = shown(features, definition, version);
        if (version.spec() != null) {
            shown.with("spec", JsonText.object(version.spec().text()));
        }
        return shown.answer();
    }

    /** The connector that a call names, if its workspace has it. */
    static Definition visible(Features features, Transaction transaction, Call call) throws SQLException {
        UUID id = call.id("definitionId");
        UUID workspaceId = call.workspaceOf().id();
        return features.definitions
                .find(transaction, id)
                .filter(found -> found.life().isThere()
                        && (found.workspaceId() == null || workspaceId.equals(found.workspaceId())))
                .orElseThrow(() -> Refusal.notFound("definition", id));
    }

    /** The version that is used. */
    static DefinitionVersion version(Features features, Transaction transaction, Definition definition)
            throws SQLException {
        return features.definitions
                .version(transaction, definition.id(), definition.defaultNumber())
                .orElseThrow(() -> Refusal.notFound("definition", definition.id()));
    }

    static Shown shown(Features features, Definition definition, DefinitionVersion version) {
        Origin origin = definition.facts().origin();
        boolean isNative = origin == Origin.BUILTIN || origin == Origin.MANIFEST;
        Map<String, @Nullable Object> reference =
                JsonText.object(version.reference().text());
        Object place = origin == Origin.IMAGE ? reference.get("dockerRepository") : reference.get("package");
        return new Shown()
                .with("definitionId", definition.id())
                .with("kind", Words.of(definition.kind()))
                .with("name", definition.name())
                .with("connector", Builtins.name(version).orElse(null))
                .with("version", version.label())
                .with("origin", Words.of(origin))
                .with("place", place)
                .with("supportLevel", Words.of(definition.facts().supportLevel()))
                .with("isNative", isNative)
                .with("isCustom", definition.workspaceId() != null)
                .with(
                        "isAllowed",
                        isNative || features.work.outside().programs().allows(origin))
                .with("isConfigurable", version.spec() != null)
                .with("canSignIn", Consents.isPossible(Programs.advancedAuth(version)))
                .with("documentationUrl", definition.facts().documentationUrl());
    }
}
