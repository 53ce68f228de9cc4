package dev.sluice.server.boot;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.engine.serve.RunningServer;
import dev.sluice.engine.serve.ServerProgram;
import dev.sluice.engine.serve.ServerWish;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** A server as a process of a test, which is found as the terminal finds it. */
public final class ServerChild {
    private ServerChild() {}

    /**
     * Runs until it is told to end: the data directory, the address of the store unless it is in there, and variables of the
     * environment as {@code NAME=value}.
     */
    public static void main(String[] arguments) throws InterruptedException {
        ServerProgram program =
                ServiceLoader.load(ServerProgram.class).findFirst().orElseThrow();
        List<String> told = List.of(arguments);
        Map<String, String> environment = told.stream()
                .filter(ServerChild::isVariable)
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> each[1]));
        String store = told.stream()
                .skip(1)
                .filter(each -> !isVariable(each))
                .findFirst()
                .orElse(null);
        RunningServer server = program.start(
                new ServerWish(Path.of(arguments[0]), store, "127.0.0.1", 0, environment),
                ConnectorRegistry.ofClassPath(ServerChild.class.getClassLoader()),
                Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("ready " + server.place());
        new CountDownLatch(1).await();
    }

    private static boolean isVariable(String argument) {
        return argument.startsWith("SLUICE_");
    }
}
