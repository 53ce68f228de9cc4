package dev.sluice.server.boot;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.engine.serve.RunningServer;
import dev.sluice.engine.serve.ServerProgram;
import dev.sluice.engine.serve.ServerWish;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.store.StoreLocation;
import java.time.Clock;

/** How the terminal starts a server. */
public final class Boot implements ServerProgram {
    @Override
    public RunningServer start(ServerWish wish, ConnectorRegistry connectors, Clock clock) {
        OwnLog.toStandardError();
        String store = wish.store();
        StoreLocation location =
                store == null ? new StoreLocation.Directory(wish.data()) : StoreLocation.postgres(store);
        return Server.start(
                new Server.Options(wish.data(), location, Limits.USUAL, wish.host(), wish.port(), wish.environment()),
                connectors,
                clock);
    }
}
