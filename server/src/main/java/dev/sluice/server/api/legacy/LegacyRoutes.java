package dev.sluice.server.api.legacy;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.Router;
import dev.sluice.server.api.Shapes;
import dev.sluice.server.api.open.Connectors;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.definitions.ConnectorKind;
import java.util.List;
import java.util.Map;

/** All calls of older clients. */
public final class LegacyRoutes {
    private static final List<String> PREFIXES = List.of("/api/v1");

    private LegacyRoutes() {}

    /** Adds them. */
    public static void addTo(Router router, Features features) {
        Places places = new Places(features);
        Connectors connectors = new Connectors(features);
        LegacyActors actors = new LegacyActors(features, places, connectors);
        router.add(
                PREFIXES,
                List.of(Route.get("/health", "getLegacyHealth", "Health")
                        .forEverybody()
                        .gives("HealthCheckRead")
                        .by(_ -> Answer.json(Map.of("available", true)))));
        router.add(PREFIXES, new LegacyWorkspaces(features, places).routes());
        router.add(PREFIXES, new LegacyJobs(features, places).routes());
        router.add(PREFIXES, new LegacyConnections(features, places, actors).routes());
        router.add(PREFIXES, new LegacyStates(features, places).routes());
        router.add(PREFIXES, LegacyOperations.routes(places));
        for (ConnectorKind kind : ConnectorKind.values()) {
            router.add(PREFIXES, actors.routes(kind));
            router.add(PREFIXES, new LegacyDefinitions(features, places, connectors, kind).routes());
        }
    }

    /** The shapes of what they take and give, beside others. */
    public static Shapes with(Shapes others) {
        return others.and(Shapes.beside(LegacyRoutes.class));
    }
}
