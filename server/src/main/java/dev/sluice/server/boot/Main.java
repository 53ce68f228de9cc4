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

/** The entry point of a server. */
public final class Main {
    /** Where Sluice is installed; its connectors are in the folder {@code plugins}. Without it: on the class path. */
    private static final String HOME = "sluice.home";

    /** The address of a store in PostgreSQL, with its password; it stands in no argument, which others could see. */
    private static final String STORE = "SLUICE_STORE";

    private static final String LOOPBACK = "127.0.0.1";
    private static final int USUAL_PORT = 8000;
    private static final int MOST = 0xFFFF;

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
            System.out.println("ready " + server.address() + ", store at " + server.place());
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
        if (arguments.length < 1 || arguments.length > 2) {
            throw Problem.of("E_SERVER_DATA", ProblemKind.CONFIG, "a server needs a data directory, and takes a port")
                    .fix("name them as its two arguments; a store in PostgreSQL is named by " + STORE)
                    .exception();
        }
        Path data = Path.of(arguments[0]).toAbsolutePath();
        String url = environment.get(STORE);
        StoreLocation location = url == null ? new StoreLocation.Directory(data) : StoreLocation.postgres(url);
        int port = arguments.length == 1 ? USUAL_PORT : port(arguments[1]);
        return new Server.Options(data, location, Limits.USUAL, LOOPBACK, port);
    }

    private static int port(String text) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : MOST + 1;
        if (port > MOST) {
            throw Problem.of("E_LISTEN", ProblemKind.CONFIG, "there is no port " + text)
                    .fix("give a number from 1 to " + MOST + ", or 0 for a free one")
                    .exception();
        }
        return port;
    }

    private static ConnectorRegistry registry() {
        String home = System.getProperty(HOME);
        return home == null
                ? ConnectorRegistry.ofClassPath(Main.class.getClassLoader())
                : ConnectorRegistry.ofDirectory(Path.of(home).resolve("plugins"));
    }
}
