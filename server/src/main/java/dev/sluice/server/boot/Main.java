package dev.sluice.server.boot;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.store.StoreLocation;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The entry point of a server that only does jobs. */
public final class Main {
    /** Where Sluice is installed; its connectors are in the folder {@code plugins}. Without it: on the class path. */
    private static final String HOME = "sluice.home";

    /** The address of a store in PostgreSQL, with its password; it stands in no argument, which others could see. */
    private static final String STORE = "SLUICE_STORE";

    private Main() {}

    /**
     * Runs a server until it is told to stop.
     *
     * @param arguments the data directory
     */
    public static void main(String[] arguments) {
        try {
            Server.Options options = options(arguments, System.getenv());
            ConnectorRegistry registry = registry();
            Server server = Server.start(options, registry, Clock.systemUTC());
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                registry.close();
                stopped.countDown();
            }));
            System.out.println("ready " + server.place());
            stopped.await();
        } catch (ProblemException failure) {
            Problem problem = failure.problem();
            System.err.println("error: " + problem.code() + ": " + problem.message());
            System.exit(problem.kind() == ProblemKind.CONFIG ? 2 : 3);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static Server.Options options(String[] arguments, Map<String, String> environment) {
        if (arguments.length != 1) {
            throw Problem.of("E_SERVER_DATA", ProblemKind.CONFIG, "a server needs a data directory, and nothing else")
                    .fix("name it as the only argument; a store in PostgreSQL is named by " + STORE)
                    .exception();
        }
        Path data = Path.of(arguments[0]).toAbsolutePath();
        String url = environment.get(STORE);
        StoreLocation location = url == null ? new StoreLocation.Directory(data) : StoreLocation.postgres(url);
        return new Server.Options(data, location, Limits.USUAL);
    }

    private static ConnectorRegistry registry() {
        String home = System.getProperty(HOME);
        return home == null
                ? ConnectorRegistry.ofClassPath(Main.class.getClassLoader())
                : ConnectorRegistry.ofDirectory(Path.of(home).resolve("plugins"));
    }
}
