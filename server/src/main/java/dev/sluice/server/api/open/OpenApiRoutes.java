package dev.sluice.server.api.open;

import dev.sluice.server.api.Router;
import dev.sluice.server.api.Shapes;
import dev.sluice.server.definitions.ConnectorKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** All routes of the public API, in the two places where clients look for them. */
public final class OpenApiRoutes {
    private static final List<String> PREFIXES = List.of("/api/public/v1", "/v1");
    private static final List<String> TOKEN_PREFIXES = List.of("/api/public/v1", "/v1", "/api/v1", "");

    private OpenApiRoutes() {}

    /** Adds them. */
    public static void addTo(Router router, Features features) {
        Places places = new Places(features);
        Connectors connectors = new Connectors(features);
        AccessRoutes access = new AccessRoutes(features);
        router.add(TOKEN_PREFIXES, access.tokens());
        router.add(List.of("/api/v1"), access.legacy());
        router.add(PREFIXES, access.routes());
        router.add(PREFIXES, new WorkspaceRoutes(features, places).routes());
        router.add(PREFIXES, new TagRoutes(features, places).routes());
        router.add(PREFIXES, new DefinitionRoutes(features, places, connectors).routes());
        for (ConnectorKind kind : ConnectorKind.values()) {
            router.add(PREFIXES, new ActorRoutes(features, places, connectors, kind).routes());
        }
        router.add(PREFIXES, new ConnectionRoutes(features, places).routes());
        router.add(PREFIXES, new JobRoutes(features, places).routes());
    }

    /** The shapes of what they take and give. */
    public static Shapes shapes() {
        try (InputStream text = Objects.requireNonNull(OpenApiRoutes.class.getResourceAsStream("shapes.json"))) {
            return Shapes.of(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
