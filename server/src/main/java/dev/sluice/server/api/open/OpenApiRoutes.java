package dev.sluice.server.api.open;

import dev.sluice.server.api.Router;
import dev.sluice.server.api.Shapes;
import dev.sluice.server.definitions.ConnectorKind;
import java.util.List;

/** All routes of the public API, in the two places where clients look for them. */
public final class OpenApiRoutes {
    private static final List<String> PREFIXES = List.of("/api/public/v1", "/v1");
    private static final List<String> TOKEN_PREFIXES = List.of("/api/public/v1", "/v1", "/api/v1", "");

    private OpenApiRoutes() {}

    /** Adds them. */
    public static void addTo(Router router, Features features) {
        Places places = new Places(features);
        Connectors connectors = new Connectors(features);
        ActorEdits actors = new ActorEdits(features, places, connectors);
        AccessRoutes access = new AccessRoutes(features);
        router.add(TOKEN_PREFIXES, access.tokens());
        router.add(PREFIXES, access.routes());
        router.add(PREFIXES, new WorkspaceRoutes(features, places).routes());
        router.add(PREFIXES, new PeopleRoutes(features, places).routes());
        router.add(PREFIXES, new OAuthRoutes(features, places, connectors).routes());
        router.add(PREFIXES, new TagRoutes(features, places).routes());
        router.add(PREFIXES, new DefinitionRoutes(features, places, connectors).routes());
        for (ConnectorKind kind : ConnectorKind.values()) {
            router.add(PREFIXES, new ActorRoutes(features, places, connectors, actors, kind).routes());
        }
        router.add(PREFIXES, new ConnectionRoutes(features, places, new ConnectionEdits(features, places)).routes());
        router.add(PREFIXES, new JobRoutes(features, places).routes());
    }

    /** The shapes of what they take and give. */
    public static Shapes shapes() {
        return Shapes.of(Shapes.beside(OpenApiRoutes.class));
    }
}
