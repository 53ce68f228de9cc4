package dev.sluice.spi.destination;

import java.util.Objects;

/**
 * Who writes a target (I8).
 *
 * @param connectionId the connection's identity, unique in the world
 * @param connectionName its name, for messages
 * @param takeOver true if the user allowed this run to take the target from another connection
 */
public record Owner(String connectionId, String connectionName, boolean takeOver) {
    public Owner {
        Objects.requireNonNull(connectionName);
        if (connectionId.isEmpty()) {
            throw new IllegalArgumentException("an owner needs an identity");
        }
    }
}
