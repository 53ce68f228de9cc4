package dev.sluice.server.boot;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.engine.serve.RunningServer;
import dev.sluice.engine.serve.ServerProgram;
import dev.sluice.engine.serve.ServerWish;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.StoreCopy;
import dev.sluice.server.store.StoreLocation;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;

/** How the terminal starts a server. */
public final class Boot implements ServerProgram {
    @Override
    public RunningServer start(ServerWish wish, ConnectorRegistry connectors, Clock clock) {
        OwnLog.toStandardError();
        Limits limits = LimitSettings.of(wish.environment());
        if (Entrance.of(wish.host(), wish.environment()).rules().required()) {
            Guarding.begin(wish);
        }
        return Server.start(
                new Server.Options(wish.data(), location(wish), limits, wish.host(), wish.port(), wish.environment()),
                connectors,
                clock);
    }

    private static StoreLocation location(ServerWish wish) {
        String store = wish.store();
        return store == null ? new StoreLocation.Directory(wish.data()) : StoreLocation.postgres(store);
    }

    @Override
    public long write(ServerWish wish, OutputStream out, Clock clock) {
        OwnLog.toStandardError();
        try (Store store = Store.open(location(wish), clock)) {
            return new StoreCopy(store).write(out);
        }
    }

    @Override
    public long read(ServerWish wish, InputStream in, Clock clock) {
        OwnLog.toStandardError();
        try (Store store = Store.open(location(wish), clock)) {
            return new StoreCopy(store).read(in);
        }
    }
}
