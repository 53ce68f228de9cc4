package dev.sluice.server.api.own;

import dev.sluice.server.api.Router;
import dev.sluice.server.api.Shapes;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.Places;
import java.time.Clock;
import java.util.List;

/** All routes of our own API. */
public final class OwnRoutes {
    private static final List<String> PREFIXES = List.of("/api/sluice/v1");

    private OwnRoutes() {}

    /** Adds them. */
    public static void addTo(Router router, Features features, Operated operated) {
        Clock clock = operated.clock();
        Places places = new Places(features);
        JobPlaces jobs = new JobPlaces(features, places);
        router.add(PREFIXES, new JobRoutes(features, jobs, clock).routes());
        router.add(PREFIXES, new LogRoutes(features, jobs).routes());
        router.add(PREFIXES, new ConnectionListRoutes(features, places).routes());
        router.add(PREFIXES, new EachRoutes(features, places).routes());
        router.add(PREFIXES, new HistoryRoutes(features, places, clock).routes());
        router.add(PREFIXES, new RunRoutes(features, places).routes());
        router.add(PREFIXES, new ConnectionRoutes(features, places, clock).routes());
        router.add(PREFIXES, new ProjectRoutes(features, places, clock).routes());
        router.add(PREFIXES, new StateRoutes(features, places, clock).routes());
        router.add(PREFIXES, new RejectRoutes(features, places).routes());
        router.add(PREFIXES, new SchemaRoutes(features, places, operated.changes()).routes());
        router.add(PREFIXES, new NotificationRoutes(features, places, operated).routes());
        router.add(PREFIXES, new AlertRoutes(features, places, clock).routes());
        router.add(PREFIXES, new DraftRoutes(features, places, operated.shapes()).routes());
        router.add(PREFIXES, new ConnectorRoutes(features, places).routes());
        router.add(PREFIXES, new CustomConnectorRoutes(features, places).routes());
        BuilderPlaces built = new BuilderPlaces(features.work.builder(), places);
        router.add(PREFIXES, new BuilderRoutes(features, built, places).routes());
        router.add(PREFIXES, new BuilderTestRoutes(features, built).routes());
        router.add(PREFIXES, new BuilderPublishRoutes(features, built).routes());
        router.add(PREFIXES, new BuilderImportRoutes().routes());
        router.add(PREFIXES, new LookRoutes(features, places).routes());
        router.add(PREFIXES, new SampleRoutes(features.work.previews().samples(), places).routes());
        router.add(PREFIXES, new ObjectRoutes(features, places).routes());
        router.add(PREFIXES, new ScheduleRoutes(places, clock).routes());
        ServerRoutes server = new ServerRoutes(features, operated);
        router.add(PREFIXES, server.routes());
        router.add(List.of(""), server.metrics());
        router.add(PREFIXES, new LiveRoutes(features, places, clock).routes());
    }

    /** Some shapes, and those of what these routes take and give. */
    public static Shapes with(Shapes others) {
        return others.and(Shapes.beside(OwnRoutes.class));
    }
}
