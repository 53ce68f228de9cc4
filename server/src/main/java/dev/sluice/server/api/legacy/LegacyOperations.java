package dev.sluice.server.api.legacy;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Places;
import dev.sluice.server.auth.Access;
import java.util.List;
import java.util.Map;

/** What once was done with rows behind a sync. There is nothing of the kind, which older clients ask before they go on. */
final class LegacyOperations {
    private LegacyOperations() {}

    static List<Route> routes(Places places) {
        return List.of(Route.post("/operations/list", "listOperationsForConnection", "Operations")
                .needs(Access.READ, places.connectionInBody())
                .takes("ConnectionIdRequestBody")
                .gives("OperationReadList")
                .by(_ -> Answer.json(Map.of("operations", List.of()))));
    }
}
