package dev.sluice.server.runs;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.engine.run.RunOptions;
import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.ActorConfiguration;
import dev.sluice.server.actors.ActorConnector;
import dev.sluice.server.actors.Actors;
import dev.sluice.server.alerts.AlertKeeper;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionEnds;
import dev.sluice.server.connections.ConnectionSettings;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.definitions.ConnectorKind;
import dev.sluice.server.definitions.DefinitionFacts;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.definitions.Origin;
import dev.sluice.server.definitions.ProgramLeave;
import dev.sluice.server.definitions.SupportLevel;
import dev.sluice.server.drift.SchemaChanges;
import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.AttemptStream;
import dev.sluice.server.jobs.Dispatcher;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobListener;
import dev.sluice.server.jobs.JobWish;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.jobs.Logs;
import dev.sluice.server.json.JsonText;
import dev.sluice.server.schemas.Schemas;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.server.timeline.Recorder;
import dev.sluice.server.workspaces.WorkspaceSettings;
import dev.sluice.server.workspaces.Workspaces;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.runtime.Config;
import dev.sluice.testkit.host.Await;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A workspace with real connectors, and what does its jobs. */
public final class Workshop implements AutoCloseable {
    private static final Clock CLOCK = Clock.systemUTC();

    private final Store store;
    private final UUID workspaceId;
    private final Connections connections = new Connections(CLOCK);
    private final Actors actors = new Actors(CLOCK, List.of(connections));
    private final Definitions definitions = new Definitions(CLOCK);
    private final Jobs jobs;
    private final Sides sides;
    private final Dispatcher dispatcher;
    private final ConnectorRegistry registry = ConnectorRegistry.ofClassPath(Workshop.class.getClassLoader());

    /** One over a store; its dispatcher is started. */
    Workshop(Store store, Limits limits) {
        this(store, limits, List.of());
    }

    /** The same, and others follow what it does. */
    public Workshop(Store store, Limits limits, List<RunObserver> observers) {
        this.store = store;
        List<JobListener> listeners = List.of();
        jobs = new Jobs(CLOCK, listeners);
        sides = new Sides(
                store, actors, definitions, new Offered(registry, ProgramLeave.NONE, CLOCK), Workshop::told, null);
        Runs runs = new Runs(
                store,
                sides,
                jobs,
                Runs.share(Runtime.getRuntime().maxMemory(), 2, limits),
                new SchemaChanges(CLOCK, connections, List.of(new Recorder(CLOCK), new AlertKeeper(CLOCK))),
                observers,
                CLOCK);
        dispatcher = new Dispatcher(store, UUID.randomUUID(), limits, runs, CLOCK, listeners);
        workspaceId = workspace(store);
        dispatcher.start();
    }

    /** A new workspace. */
    public static UUID workspace(Store store) {
        Workspaces workspaces = new Workspaces(CLOCK);
        return store.compute(transaction -> workspaces
                .add(
                        transaction,
                        workspaces
                                .addOrganization(transaction, "All", "a@example.org")
                                .id(),
                        "Team",
                        WorkspaceSettings.NONE)
                .id());
    }

    /** In these tests whatever is kept is told, with this exception that stands for a secret. */
    public static Config told(Transaction transaction, Actor actor, String spec) {
        return Config.of(
                JsonText.object(actor.configuration().content().text().replace("{\"_secret\":1}", "\"canary-7f\"")));
    }

    /** A new source or destination in its workspace. */
    public Actor actor(ConnectorKind kind, String connector, Map<String, Object> configuration) {
        return actor(store, workspaceId, kind, connector, configuration);
    }

    /** A new source or destination. */
    public static Actor actor(
            Store store, UUID workspaceId, ConnectorKind kind, String connector, Map<String, Object> configuration) {
        Definitions definitions = new Definitions(CLOCK);
        return store.compute(transaction -> {
            UUID definition = definitions
                    .add(
                            transaction,
                            UUID.randomUUID(),
                            null,
                            kind,
                            connector,
                            new DefinitionFacts(Origin.BUILTIN, SupportLevel.CERTIFIED, null, null, Json.EMPTY))
                    .id();
            definitions.addVersion(
                    transaction, definition, "1", new Json(JsonText.write(Map.of(Sides.CONNECTOR, connector))), null);
            return new Actors(CLOCK, List.of())
                    .add(
                            transaction,
                            UUID.randomUUID(),
                            workspaceId,
                            kind,
                            connector,
                            new ActorConnector(definition, null),
                            new ActorConfiguration(new Json(JsonText.write(configuration)), "hash", null));
        });
    }

    /** A new connection. */
    public Connection connection(Actor source, Actor destination, ConnectionStream... streams) {
        return connection(store, ConnectionSettings.DEFAULT, source, destination, streams);
    }

    /** A new connection. */
    public static Connection connection(
            Store store, ConnectionSettings settings, Actor source, Actor destination, ConnectionStream... streams) {
        Connections connections = new Connections(CLOCK);
        return store.compute(transaction -> {
            Connection made = connections.add(
                    transaction,
                    UUID.randomUUID(),
                    source.workspaceId(),
                    "sample to lake",
                    new ConnectionEnds(source.id(), destination.id(), null, null),
                    settings);
            connections.saveStreams(transaction, made, List.of(streams));
            return made;
        });
    }

    /** The first rows of what there is in its workspace. */
    Samples samples(Duration patience) {
        return new Samples(store, sides, connections, CLOCK, patience);
    }

    /** What destinations know of objects of their own. */
    ObjectLooks objects(Duration patience) {
        return new ObjectLooks(sides, CLOCK, patience);
    }

    /** What would become of its rejected records. */
    ReplayTrials dryRuns() {
        return new DryRuns(store, sides, RunOptions.forMachine(64L << 20, 2), CLOCK, Duration.ofSeconds(30));
    }

    /** Changes the streams of a connection. */
    void change(Connection connection, ConnectionStream... streams) {
        store.change(transaction -> connections.saveStreams(transaction, connection, List.of(streams)));
    }

    Job add(JobWish wish) {
        Job job = store.compute(transaction -> jobs.add(transaction, wish));
        dispatcher.wake();
        return job;
    }

    /** Runs a connection to the end. */
    public Job run(Connection connection, JobKind kind, Json request) {
        return ended(add(JobWish.of(workspaceId, kind, connection.id(), null).with(request)));
    }

    Job look(Actor actor, JobKind kind) {
        return ended(add(JobWish.ofActor(workspaceId, kind, actor.id(), null)));
    }

    Job ended(Job job) {
        Await.until("the end of job " + job.id(), () -> find(job).status().isEnd());
        return find(job);
    }

    List<StreamId> discovered(Actor actor) {
        return store
                .read(transaction -> new Schemas(CLOCK).newest(transaction, actor.id()))
                .orElseThrow()
                .catalog()
                .streams()
                .stream()
                .map(CatalogStream::id)
                .toList();
    }

    Job find(Job job) {
        return store.read(transaction -> jobs.find(transaction, job.id())).orElseThrow();
    }

    void cancel(Job job) {
        store.compute(transaction -> jobs.cancel(transaction, job.id()));
        dispatcher.wake();
    }

    Attempt lastAttempt(Job job) {
        return store.read(transaction -> jobs.attempts(transaction, job.id())).getLast();
    }

    List<AttemptStream> streams(Job job) {
        return store.read(transaction -> jobs.streams(
                transaction,
                job.id(),
                jobs.attempts(transaction, job.id()).getLast().number()));
    }

    /** What the log of a job says. */
    public List<String> log(Job job) {
        List<String> lines = new ArrayList<>();
        store.read(transaction -> Logs.read(transaction, job.id(), 0, 0, 1_000))
                .forEach(line -> lines.add(line.message()));
        return lines;
    }

    @Override
    public void close() {
        dispatcher.close();
        registry.close();
    }
}
