package dev.sluice.server.boot;

import dev.sluice.server.api.Router;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.own.OwnRoutes;
import dev.sluice.server.connections.ConnectionListener;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.drift.SchemaChanges;
import dev.sluice.server.jobs.DeletedConnections;
import dev.sluice.server.jobs.JobListener;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.scheduler.Schedules;
import dev.sluice.server.timeline.Recorder;
import java.time.Clock;
import java.util.List;

/** What a team sees and hears of its connections: who listens to jobs and connections, and the routes for it. */
final class Operations {
    private final Clock clock;
    private final Recorder recorder;
    private final List<JobListener> jobListeners;
    private final List<ConnectionListener> connectionListeners;

    Operations(Schedules schedules, Clock clock) {
        this.clock = clock;
        this.recorder = new Recorder(clock);
        this.jobListeners = List.of(schedules, recorder);
        DeletedConnections ending = new DeletedConnections(new Jobs(clock, jobListeners));
        this.connectionListeners = List.of(schedules, recorder, ending);
    }

    List<JobListener> jobListeners() {
        return jobListeners;
    }

    List<ConnectionListener> connectionListeners() {
        return connectionListeners;
    }

    /** Where changes of sources are written down, with the connections of those who ask. */
    SchemaChanges schemaChanges(Connections connections) {
        return new SchemaChanges(clock, connections, List.of(recorder));
    }

    void addTo(Router router, Features features) {
        OwnRoutes.addTo(router, features, schemaChanges(features.connections), clock);
    }
}
