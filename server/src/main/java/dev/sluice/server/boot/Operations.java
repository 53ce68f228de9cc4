package dev.sluice.server.boot;

import dev.sluice.server.alerts.AlertKeeper;
import dev.sluice.server.api.Router;
import dev.sluice.server.api.Shapes;
import dev.sluice.server.api.open.Builder;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.own.Operated;
import dev.sluice.server.api.own.OwnRoutes;
import dev.sluice.server.builder.TestRuns;
import dev.sluice.server.connections.ConnectionListener;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.drift.ChosenStreams;
import dev.sluice.server.drift.SchemaChanges;
import dev.sluice.server.jobs.DeletedConnections;
import dev.sluice.server.jobs.Dispatcher;
import dev.sluice.server.jobs.JobListener;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.notify.Delivery;
import dev.sluice.server.notify.NotificationSettings;
import dev.sluice.server.notify.Notifier;
import dev.sluice.server.notify.Waiting;
import dev.sluice.server.runs.RunObserver;
import dev.sluice.server.scheduler.Schedules;
import dev.sluice.server.scheduler.Timetable;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Store;
import dev.sluice.server.telemetry.Metrics;
import dev.sluice.server.telemetry.RequestListener;
import dev.sluice.server.timeline.Recorder;
import dev.sluice.server.workspaces.Workspaces;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a team sees and hears of its connections: who listens to jobs and connections, and the routes for it. */
final class Operations implements AutoCloseable {
    private static final Duration MESSAGES_EVERY = Duration.ofSeconds(5);
    private static final Duration WAITING_EVERY = Duration.ofSeconds(30);

    private final Store store;
    private final Secrets secrets;
    private final Clock clock;
    private final Recorder recorder;
    private final Notifier notifier;
    private final AlertKeeper alerts;
    private final NotificationSettings settings;
    private final Delivery delivery;
    private final Metrics metrics;
    private final Watching watching;
    private final List<JobListener> jobListeners;
    private final List<ConnectionListener> connectionListeners;
    private final List<TestRuns> ending = new ArrayList<>();

    Operations(Store store, Secrets secrets, Schedules schedules, Delivery.Ways ways, Watching watching, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
        this.recorder = new Recorder(clock);
        this.notifier = new Notifier(ways.base(), clock);
        this.alerts = new AlertKeeper(clock);
        this.settings = new NotificationSettings(secrets, new Workspaces(clock));
        this.delivery = new Delivery(store, settings, ways, clock);
        this.metrics = new Metrics(store, watching.registries());
        this.watching = watching;
        this.jobListeners = Stream.concat(
                        Stream.of(schedules, recorder, notifier, alerts, metrics), watching.jobs().stream())
                .toList();
        DeletedConnections deleted = new DeletedConnections(new Jobs(clock, jobListeners));
        this.connectionListeners = List.of(schedules, recorder, deleted, new ChosenStreams(clock), alerts);
    }

    List<JobListener> jobListeners() {
        return jobListeners;
    }

    List<ConnectionListener> connectionListeners() {
        return connectionListeners;
    }

    /** Where changes of sources are written down, with the connections of those who ask. */
    SchemaChanges schemaChanges(Connections connections) {
        return new SchemaChanges(clock, connections, List.of(recorder, notifier, alerts));
    }

    /** Who follows attempts from outside. */
    List<RunObserver> observers() {
        return watching.observers();
    }

    /** Who hears of requests. */
    RequestListener requests() {
        return RequestListener.all(
                Stream.concat(Stream.of(metrics), watching.requests().stream()).toList());
    }

    /** What is done from time to time. */
    List<Timetable.Sweep> sweeps(Jobs jobs) {
        List<Timetable.Sweep> sweeps = new ArrayList<>(new Sweeps(store, clock).all(jobs, secrets));
        sweeps.add(new Timetable.Sweep("messages", MESSAGES_EVERY, delivery::send));
        sweeps.add(new Timetable.Sweep("waiting", WAITING_EVERY, new Waiting(store, notifier, clock)::tell));
        sweeps.addAll(watching.sweeps());
        return sweeps;
    }

    /** Follows what this process does. */
    void watch(Dispatcher dispatcher) {
        metrics.watch(dispatcher::running);
    }

    /**
     * What connectors are built with; its tests end with the server.
     *
     * @param variables what variables in testing values stand for; null where one is not known
     */
    Builder builder(Function<String, @Nullable String> variables) {
        Builder builder = Builder.of(store, secrets, variables, clock);
        ending.add(builder.runs());
        return builder;
    }

    @Override
    public void close() {
        ending.forEach(TestRuns::close);
        watching.close();
        metrics.close();
    }

    void addTo(Router router, Features features, Shapes shapes) {
        OwnRoutes.addTo(
                router,
                features,
                new Operated(schemaChanges(features.connections), settings, delivery, metrics, shapes, clock));
    }
}
