package dev.sluice.server.boot;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.engine.serve.RunningServer;
import dev.sluice.engine.serve.ServerProgram;
import dev.sluice.engine.serve.ServerWish;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;

/** A server as a process of a test, which is found as the terminal finds it. */
public final class ServerChild {
    private ServerChild() {}

    /** Runs until it is told to end: the data directory, and the address of the store unless it is in there. */
    public static void main(String[] arguments) throws InterruptedException {
        ServerProgram program =
                ServiceLoader.load(ServerProgram.class).findFirst().orElseThrow();
        RunningServer server = program.start(
                new ServerWish(
                        Path.of(arguments[0]), arguments.length == 1 ? null : arguments[1], "127.0.0.1", 0, Map.of()),
                ConnectorRegistry.ofClassPath(ServerChild.class.getClassLoader()),
                Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("ready " + server.place());
        new CountDownLatch(1).await();
    }
}
