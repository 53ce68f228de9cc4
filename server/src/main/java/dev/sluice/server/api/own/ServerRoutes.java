package dev.sluice.server.api.own;

import dev.sluice.server.api.Answer;
import dev.sluice.server.api.Call;
import dev.sluice.server.api.Refusal;
import dev.sluice.server.api.Route;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Shown;
import dev.sluice.server.auth.Access;
import dev.sluice.server.auth.Role;
import dev.sluice.server.store.Store;
import dev.sluice.server.telemetry.Diagnostics;
import dev.sluice.server.telemetry.Metrics;
import dev.sluice.spi.problem.ProblemException;
import java.util.List;

/** The server itself: whether it is well, its numbers, and a bundle for those who help. */
final class ServerRoutes {
    private static final String GROUP = "Server";

    private final Store store;
    private final Metrics metrics;
    private final Diagnostics diagnostics;

    ServerRoutes(Features features, Operated operated) {
        this.store = features.store;
        this.metrics = operated.metrics();
        this.diagnostics = new Diagnostics(features.store, features.work.jobs(), metrics, operated.clock());
    }

    List<Route> routes() {
        return List.of(
                Route.get("/health", "getServerHealth", GROUP)
                        .forEverybody()
                        .gives("ServerHealth")
                        .by(_ -> new Shown().with("status", "up").answer()),
                Route.get("/ready", "getServerReadiness", GROUP)
                        .forEverybody()
                        .gives("ServerHealth")
                        .by(_ -> ready()),
                Route.get("/diagnostics", "getDiagnostics", GROUP).gives("zip").by(this::diagnostics));
    }

    /** What is asked for beside the prefix: Prometheus looks there unless it is told otherwise. */
    List<Route> metrics() {
        return List.of(Route.get("/metrics", "getMetrics", GROUP).gives("text").by(_ -> Answer.plain(metrics.text())));
    }

    /** Ready is a server whose store answers; without it nothing else would. */
    private Answer ready() {
        try {
            store.read(transaction -> transaction.count("SELECT count(*) AS n FROM store_version"));
            return new Shown().with("status", "ready").answer();
        } catch (ProblemException unreachable) {
            throw Refusal.of(503, "service-unavailable", "the store does not answer");
        }
    }

    /** It is about all workspaces, so it is for who may do everything everywhere. */
    private Answer diagnostics(Call call) {
        boolean may = call.caller().scopes().contains(Access.ADMIN)
                && call.caller().grants().stream().anyMatch(grant -> grant.role() == Role.INSTANCE_ADMIN);
        if (!may) {
            throw Refusal.forbidden();
        }
        byte[] bundle = diagnostics.bundle();
        return Answer.file("application/zip", "sluice-diagnostics.zip", reader -> reader.send(bundle));
    }
}
