package dev.sluice.server.boot;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.ActorConfiguration;
import dev.sluice.server.actors.ActorConfigurations;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.connections.ConnectionStream;
import dev.sluice.server.connections.StreamSecrets;
import dev.sluice.server.definitions.ConnectorSpec;
import dev.sluice.server.net.ReachGuard;
import dev.sluice.server.runs.Configurations;
import dev.sluice.server.secrets.Owner;
import dev.sluice.server.store.Json;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.runtime.Config;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What runs are told: everything with its secrets in the clear, unless it leads where this server lets nobody. */
record Told(
        ActorConfigurations configurations,
        StreamSecrets keys,
        Function<String, @Nullable String> variables,
        ReachGuard guard)
        implements Configurations {
    @Override
    public Config of(Transaction transaction, Actor actor, String spec) throws SQLException {
        return configurations.resolve(transaction, actor, ConnectorSpec.of(new Json(spec)), variables);
    }

    @Override
    public void require(String spec, Config config) {
        guard.require(spec, config);
    }

    @Override
    public ActorConfiguration renewed(Transaction transaction, Actor actor, String spec, Config changed)
            throws SQLException {
        return configurations.renewed(
                transaction, actor, ConnectorSpec.of(new Json(spec)), of(transaction, actor, spec), changed);
    }

    @Override
    public List<ConnectionStream> streams(Transaction transaction, Connection connection, List<ConnectionStream> kept)
            throws SQLException {
        return keys.resolve(transaction, new Owner(connection.workspaceId(), connection.id()), kept, variables);
    }
}
