package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.definitions.ManifestImports;
import java.util.List;

/** Makes the beginnings of manifests of what people have: a command of cURL, a document of OpenAPI. Asks nobody and keeps nothing. */
final class BuilderImportRoutes {
    private static final int MOST_COMMAND = 1 << 20;
    private static final int MOST_DOCUMENT = 16 << 20;

    List<Route> routes() {
        return List.of(
                Route.post("/builder/imports/curl", "importCurl", BuilderRoutes.GROUP)
                        .takes("BuilderCurl")
                        .gives("BuilderImported")
                        .by(call -> shown(ManifestImports.ofCurl(text(call, "command", MOST_COMMAND)))
                                .answer()),
                Route.post("/builder/imports/openapi", "importOpenApi", BuilderRoutes.GROUP)
                        .takes("BuilderOpenApi")
                        .gives("BuilderImportedApi")
                        .by(this::openApi));
    }

    private static String text(Call call, String name, int most) {
        String text = call.required(name);
        if (text.length() > most) {
            throw Refusal.badRequest(name + " has to have at most " + most + " characters");
        }
        return text;
    }

    private static Shown shown(ManifestImports.Beginning beginning) {
        return new Shown().with("manifest", beginning.manifest()).with("notes", beginning.notes());
    }

    /** What can be read, and the manifest once somebody has picked some of that. */
    private Answer openApi(Call call) {
        String document = text(call, "document", MOST_DOCUMENT);
        Shown shown = call.body().get("operations") instanceof List<?> picked && !picked.isEmpty()
                ? shown(ManifestImports.ofOpenApi(
                        document, picked.stream().map(String::valueOf).toList()))
                : new Shown().with("notes", List.of());
        return shown.with(
                        "operations",
                        ManifestImports.operations(document).stream()
                                .map(each -> new Shown()
                                        .with("id", each.id())
                                        .with("method", each.method())
                                        .with("path", each.path())
                                        .with("summary", each.summary())
                                        .with("suggested", each.suggested())
                                        .with("streamName", each.streamName())
                                        .object())
                                .toList())
                .answer();
    }
}
