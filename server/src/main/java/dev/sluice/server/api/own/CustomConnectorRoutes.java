package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.DefinitionEdits;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.Definition;
import dev.sluice.server.definitions.DefinitionVersion;
import dev.sluice.server.definitions.Manifests;
import dev.sluice.server.definitions.Origin;
import dev.sluice.server.definitions.Programs;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.net.EgressGuard;
import dev.sluice.server.net.GuardedFetch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Connectors that people bring to a workspace: manifests, images, packages, commands; with their versions. */
final class CustomConnectorRoutes {
    private static final String GROUP = "Connectors";
    private static final String ALL = "/workspaces/{workspaceId}/connectors";
    private static final String ONE = ALL + "/{definitionId}";
    private static final int MOST_MANIFEST = 8 << 20;

    private final Features features;
    private final Places places;
    private final DefinitionEdits edits;

    CustomConnectorRoutes(Features features, Places places) {
        this.features = features;
        this.places = places;
        this.edits = new DefinitionEdits(features);
    }

    List<Route> routes() {
        return List.of(
                Route.post(ALL, "createConnector", GROUP)
                        .needs(Access.EDIT, places.workspaceInPath())
                        .takes("ConnectorWish")
                        .gives("Connector")
                        .by(this::create),
                Route.put(ONE, "updateConnector", GROUP)
                        .needs(Access.EDIT, places.workspaceInPath())
                        .takes("ConnectorChange")
                        .gives("Connector")
                        .by(this::change),
                Route.delete(ONE, "deleteConnector", GROUP)
                        .needs(Access.EDIT, places.workspaceInPath())
                        .by(this::delete),
                Route.get(ONE + "/versions", "listConnectorVersions", GROUP)
                        .needs(Access.READ, places.workspaceInPath())
                        .gives("ConnectorVersions")
                        .by(this::versions));
    }

    private Answer create(Call call) {
        ConnectorKind kind = Asked.word(call.required("kind"), "kind", ConnectorKind.class);
        Origin origin = Asked.word(call.required("origin"), "origin", Origin.class);
        String name = call.required("name");
        if (origin == Origin.COMMAND) {
            requireAdmin(call);
        }
        DefinitionEdits.Offer offer = switch (origin) {
            case BUILTIN -> throw Refusal.badRequest("connectors that are built in are there already");
            case MANIFEST -> {
                if (kind == ConnectorKind.DESTINATION) {
                    throw Refusal.badRequest("a manifest describes a source");
                }
                yield edits.manifest(name, "1", manifest(call, name));
            }
            case IMAGE -> edits.program(kind, origin, name, version(call), with(call, image(call)));
            case PYPI, NPM -> {
                Map<String, Object> reference = Programs.ofPackage(call.required("package"), version(call));
                yield edits.program(kind, origin, name, version(call), with(call, reference));
            }
            case COMMAND -> edits.program(kind, origin, name, "1", with(call, Programs.command(command(call))));
        };
        UUID workspaceId = call.workspaceOf().id();
        return shown(edits.create(workspaceId, kind, name, call.text("documentationUrl"), offer));
    }

    private Answer change(Call call) {
        record Known(Definition definition, DefinitionVersion version) {}
        Known known = features.store.read(transaction -> {
            Definition definition = ConnectorRoutes.visible(features, transaction, call);
            DefinitionEdits.requireOwn(definition);
            return new Known(definition, ConnectorRoutes.version(features, transaction, definition));
        });
        Definition definition = known.definition();
        DefinitionVersion version = known.version();
        String next = String.valueOf(version.number() + 1);
        Origin origin = definition.facts().origin();
        DefinitionEdits.Offer offer = switch (origin) {
            case BUILTIN -> null;
            case MANIFEST ->
                call.body().containsKey("manifest")
                                || call.text("manifestText") != null
                                || call.text("manifestUrl") != null
                        ? edits.manifest(definition.name(), next, manifest(call, definition.name()))
                        : null;
            case IMAGE, PYPI, NPM -> upgraded(definition, version, call.text("version"));
            case COMMAND -> {
                requireAdmin(call);
                yield call.body().get("command") == null
                        ? null
                        : edits.program(
                                definition.kind(), origin, definition.name(), next, Programs.command(command(call)));
            }
        };
        String name = call.text("name");
        return shown(edits.change(definition, name == null ? definition.name() : name, offer));
    }

    /** Asked again also at the same version, as that is how a connector that could not be asked becomes usable. */
    private DefinitionEdits.@Nullable Offer upgraded(
            Definition definition, DefinitionVersion version, @Nullable String wanted) {
        return wanted == null || (wanted.equals(version.label()) && version.spec() != null)
                ? null
                : edits.program(
                        definition.kind(),
                        definition.facts().origin(),
                        definition.name(),
                        wanted,
                        Programs.at(version.reference(), wanted));
    }

    private Answer delete(Call call) {
        features.store.change(transaction -> {
            Definition definition = ConnectorRoutes.visible(features, transaction, call);
            DefinitionEdits.requireOwn(definition);
            long users = transaction.count(
                    "SELECT count(*) AS n FROM actor WHERE definition_id = ? AND deleted_at IS NULL", definition.id());
            if (users > 0) {
                throw Refusal.of(
                        409,
                        "state-conflict",
                        users + " sources or destinations use this connector; delete them first");
            }
            features.definitions.delete(transaction, definition);
        });
        return Answer.done();
    }

    private Answer versions(Call call) {
        return features.store.read(transaction -> {
            Definition definition = ConnectorRoutes.visible(features, transaction, call);
            List<Map<String, Object>> shown = new ArrayList<>();
            for (DefinitionVersion version : features.definitions.versions(transaction, definition.id())) {
                shown.add(new Shown()
                        .with("number", version.number())
                        .with("version", version.label())
                        .with("isUsed", version.number() == definition.defaultNumber())
                        .with("isConfigurable", version.spec() != null)
                        .with("createdAt", version.createdAt().toString())
                        .object());
            }
            return Answer.json(Map.of("data", shown));
        });
    }

    private Answer shown(Definition definition) {
        return features.store.read(transaction -> ConnectorRoutes.shown(
                        features, definition, ConnectorRoutes.version(features, transaction, definition))
                .answer());
    }

    /** A command can do whatever the server can do on its machine. */
    private static void requireAdmin(Call call) {
        if (!call.caller().may(Access.ADMIN, call.workspaceOf())) {
            throw Refusal.forbidden();
        }
    }

    private Map<String, @Nullable Object> manifest(Call call, String name) {
        if (call.body().get("manifest") instanceof Map<?, ?> object) {
            return JsonText.members(object);
        }
        String text = call.text("manifestText");
        String url = call.text("manifestUrl");
        if (text == null && url != null) {
            GuardedFetch.Fetched fetched = features.work.outside().web().get(EgressGuard.parse(url), MOST_MANIFEST);
            if (fetched.status() != 200) {
                throw Refusal.badRequest("manifestUrl answers " + fetched.status());
            }
            text = fetched.text();
        }
        if (text == null) {
            throw Refusal.badRequest("one of manifest, manifestText and manifestUrl is required");
        }
        return Manifests.parse(name, text);
    }

    private static Map<String, Object> image(Call call) {
        return Programs.image(call.required("image"), version(call));
    }

    private static String version(Call call) {
        return call.required("version");
    }

    private static List<String> command(Call call) {
        if (call.body().get("command") instanceof List<?> line && !line.isEmpty()) {
            return line.stream().map(String::valueOf).toList();
        }
        throw Refusal.badRequest("command is required: the program and its first arguments");
    }

    private static Map<String, Object> with(Call call, Map<String, Object> reference) {
        Map<String, Object> options = new LinkedHashMap<>();
        if (call.body().get("generations") instanceof Boolean generations) {
            options.put("generations", generations);
        }
        if (call.body().get("parallelStreams") instanceof Number streams) {
            options.put("parallel_streams", streams.intValue());
        }
        return Programs.with(reference, options);
    }
}
