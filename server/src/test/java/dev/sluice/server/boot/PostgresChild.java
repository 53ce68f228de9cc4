package dev.sluice.server.boot;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.store.StoreLocation;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** A server over PostgreSQL as a process of a test, which has no environment to name the store by. */
public final class PostgresChild {
    private PostgresChild() {}

    /** Runs until it is killed: the data directory, and the address of the store. */
    public static void main(String[] arguments) throws InterruptedException {
        Server server = Server.start(
                new Server.Options(
                        Path.of(arguments[0]), StoreLocation.postgres(arguments[1]), Limits.USUAL, "127.0.0.1", 0),
                ConnectorRegistry.ofClassPath(PostgresChild.class.getClassLoader()),
                Clock.systemUTC());
        System.out.println("ready " + server.place());
        new CountDownLatch(1).await();
    }
}
