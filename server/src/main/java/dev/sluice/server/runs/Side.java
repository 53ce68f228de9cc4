package dev.sluice.server.runs;

import dev.sluice.engine.connection.Endpoint;
import dev.sluice.server.actors.Actor;
import dev.sluice.spi.connector.Connector;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A source or destination, ready to be opened.
 *
 * @param actor who it is
 * @param version the version of its connector
 * @param connector its connector
 * @param endpoint its name and options, with the secrets in them
 * @param secrets what must not be told of them
 * @param renewal where it leaves what it changes in its configuration
 * @param memory the folder for what its connector must not forget; null if there is none
 * @param <C> whether it is a source or a destination
 */
record Side<C extends Connector>(
        Actor actor,
        long version,
        C connector,
        Endpoint endpoint,
        Set<String> secrets,
        Renewal renewal,
        @Nullable Path memory) {
    @Override
    public String toString() {
        return actor.kind() + " " + actor.id();
    }
}
