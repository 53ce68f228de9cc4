package dev.sluice.server.boot;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.engine.run.RunOptions;
import dev.sluice.engine.serve.RunningServer;
import dev.sluice.server.actors.ActorConfigurations;
import dev.sluice.server.actors.Actors;
import dev.sluice.server.api.Api;
import dev.sluice.server.api.HttpServer;
import dev.sluice.server.api.Router;
import dev.sluice.server.api.Shapes;
import dev.sluice.server.api.access.AccessApi;
import dev.sluice.server.api.access.SignIn;
import dev.sluice.server.api.legacy.LegacyRoutes;
import dev.sluice.server.api.open.Builder;
import dev.sluice.server.api.open.Features;
import dev.sluice.server.api.open.OpenApiRoutes;
import dev.sluice.server.api.open.Outside;
import dev.sluice.server.api.open.Previews;
import dev.sluice.server.api.open.Work;
import dev.sluice.server.api.own.OwnRoutes;
import dev.sluice.server.auth.Authenticator;
import dev.sluice.server.auth.FirstAdmin;
import dev.sluice.server.connections.Connections;
import dev.sluice.server.connections.StreamSecrets;
import dev.sluice.server.definitions.Definitions;
import dev.sluice.server.jobs.Dispatcher;
import dev.sluice.server.jobs.JobListener;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.runs.Checks;
import dev.sluice.server.runs.Discoveries;
import dev.sluice.server.runs.DryRuns;
import dev.sluice.server.runs.ObjectLooks;
import dev.sluice.server.runs.Offered;
import dev.sluice.server.runs.Runs;
import dev.sluice.server.runs.Samples;
import dev.sluice.server.runs.Sides;
import dev.sluice.server.scheduler.Schedules;
import dev.sluice.server.scheduler.Timetable;
import dev.sluice.server.secrets.KeyRing;
import dev.sluice.server.secrets.Secrets;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.StoreLocation;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server that runs: everything that it consists of, made and started in order. */
public final class Server implements RunningServer {
    private static final Duration SAMPLE_PATIENCE = Duration.ofSeconds(30);
    private static final Duration DRY_RUN_PATIENCE = Duration.ofSeconds(60);

    private final Store store;
    private final Dispatcher dispatcher;
    private final Timetable timetable;
    private final HttpServer http;
    private final Operations operations;
    private final FirstAdmin first;
    private final SignIn signIn;

    private Server(
            Store store,
            Dispatcher dispatcher,
            Timetable timetable,
            HttpServer http,
            Operations operations,
            FirstAdmin first,
            SignIn signIn) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.timetable = timetable;
        this.http = http;
        this.operations = operations;
        this.first = first;
        this.signIn = signIn;
    }

    /**
     * What a server is told.
     *
     * @param data its data directory
     * @param location where its store is
     * @param limits how many jobs run at the same time
     * @param host where it listens; beyond this machine people have to log in
     * @param port the port; 0 for a free one
     * @param environment the variables that configurations may name in the place of secrets
     */
    public record Options(
            Path data, StoreLocation location, Limits limits, String host, int port, Map<String, String> environment) {
        public Options {
            environment = Map.copyOf(environment);
        }
    }

    /**
     * Starts a server: opens the store, takes up what it held when it died, and begins to run what is due.
     *
     * @param registry the connectors; whoever made it closes it after the server
     */
    public static Server start(Options options, ConnectorRegistry registry, Clock clock) {
        Entrance entrance = Entrance.of(options.host(), options.environment());
        entrance.rules().requireSafe(options.host());
        UUID id = ServerId.of(options.data());
        Store store = Store.open(options.location(), clock);
        try {
            Secrets secrets = secrets(options, store, clock);
            Schedules schedules = new Schedules(clock);
            Operations operations = new Operations(
                    store,
                    secrets,
                    schedules,
                    Surroundings.ways(options.host(), options.port(), options.environment()),
                    Watching.of(options.environment(), store, clock),
                    clock);
            List<JobListener> listeners = operations.jobListeners();
            Jobs jobs = new Jobs(clock, listeners);
            ActorConfigurations configurations = new ActorConfigurations(secrets);
            StreamSecrets keys = new StreamSecrets(secrets);
            Connections connections = new Connections(clock, keys, operations.connectionListeners());
            Actors actors = new Actors(clock, List.of(connections, configurations));
            Offered offered = new Offered(registry, entrance.programs(), clock);
            Sides sides = new Sides(
                    store,
                    actors,
                    new Definitions(clock),
                    offered,
                    new Told(configurations, keys, entrance::variable, entrance.reach()),
                    memory(options));
            Runtime machine = Runtime.getRuntime();
            RunOptions share = Runs.share(machine.maxMemory(), machine.availableProcessors(), options.limits());
            Runs runs = new Runs(
                    store, sides, jobs, share, operations.schemaChanges(connections), operations.observers(), clock);
            Dispatcher dispatcher = new Dispatcher(store, id, options.limits(), runs, clock, listeners);
            Timetable timetable =
                    new Timetable(store, id, schedules, jobs, dispatcher::wake, clock, operations.sweeps(jobs));
            Outside outside = outside(options, entrance, offered);
            Previews previews = new Previews(
                    new Samples(store, sides, connections, clock, SAMPLE_PATIENCE),
                    new DryRuns(store, sides, share, clock, DRY_RUN_PATIENCE),
                    new ObjectLooks(sides, clock, SAMPLE_PATIENCE));
            Builder builder = operations.builder(entrance::variable);
            Work work = work(store, sides, previews, jobs, dispatcher, outside, builder, clock);
            FirstStart.prepare(store, registry, clock);
            FirstAdmin first = entrance.firstAdmin(store, clock);
            Authenticator authenticator = new Authenticator(store, entrance.rules(), clock);
            Features features =
                    new Features(store, authenticator, secrets, work, operations.connectionListeners(), clock);
            SignIn signIn = entrance.signIn(store, secrets, authenticator, clock);
            HttpServer http = HttpServer.start(
                    options.host(), options.port(), api(features, operations, first, signIn), entrance.behindProxy());
            operations.watch(dispatcher);
            dispatcher.start();
            timetable.start();
            return new Server(store, dispatcher, timetable, http, operations, first, signIn);
        } catch (RuntimeException failure) {
            store.close();
            throw failure;
        }
    }

    /** Whom requests have asked outside of the server. */
    private static Outside outside(Options options, Entrance entrance, Offered offered) {
        return new Outside(
                offered,
                Surroundings.web(options.host(), options.environment(), entrance),
                Surroundings.address(options.environment()));
    }

    /** What requests have done outside of them. */
    private static Work work(
            Store store,
            Sides sides,
            Previews previews,
            Jobs jobs,
            Dispatcher dispatcher,
            Outside outside,
            Builder builder,
            Clock clock) {
        return new Work(
                jobs,
                dispatcher::wake,
                new Discoveries(store, sides, jobs, dispatcher::wake, clock),
                new Work.Asked(
                        new Checks(store, sides, jobs, dispatcher::wake),
                        destinationId -> sides.modes(destinationId, clock)),
                previews,
                outside,
                builder);
    }

    /** What connectors must not forget lies beside the store; servers that share a store could not share that. */
    private static @Nullable Path memory(Options options) {
        return switch (options.location()) {
            case StoreLocation.Directory ignored -> options.data().resolve("memory");
            case StoreLocation.Postgres ignored -> null;
        };
    }

    /** The secrets, of which one is opened, so that wrong keys are noticed now. */
    private static Secrets secrets(Options options, Store store, Clock clock) {
        Secrets secrets = new Secrets(KeyRing.inDirectory(options.data()), clock);
        store.read(transaction -> {
            secrets.probe(transaction);
            return true;
        });
        return secrets;
    }

    private static Api api(Features features, Operations operations, FirstAdmin first, SignIn signIn) {
        Router router = new Router();
        OpenApiRoutes.addTo(router, features);
        LegacyRoutes.addTo(router, features);
        AccessApi.addTo(router, features, first, signIn);
        Shapes shapes = AccessApi.with(OwnRoutes.with(LegacyRoutes.with(OpenApiRoutes.shapes())));
        operations.addTo(router, features, shapes);
        return new Api(features.store, features.authenticator, router, shapes, operations.requests(), features.clock);
    }

    @Override
    public String address() {
        InetSocketAddress address = http.address();
        return "http://" + address.getHostString() + ":" + address.getPort();
    }

    @Override
    public String place() {
        return store.place();
    }

    @Override
    public Optional<String> firstLogin() {
        return first.token();
    }

    @Override
    public void close() {
        http.close();
        signIn.close();
        timetable.close();
        dispatcher.close();
        operations.close();
        store.close();
    }
}
