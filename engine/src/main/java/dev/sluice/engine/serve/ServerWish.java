package dev.sluice.engine.serve;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told when it is started.
 *
 * @param data its data directory, absolute; made if it is missing
 * @param store the address of its store, which may hold a password; null to have the store in the data directory
 * @param host the address to listen at
 * @param port the port to listen at; 0 for a free one
 * @param environment the variables that it may read
 */
public record ServerWish(Path data, @Nullable String store, String host, int port, Map<String, String> environment) {
    public ServerWish {
        Objects.requireNonNull(data);
        Objects.requireNonNull(host);
        environment = Map.copyOf(environment);
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "server at " + host + ":" + port + ", data in " + data;
    }
}
