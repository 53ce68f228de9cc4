package dev.sluice.server.connections;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a connection connects.
 *
 * @param sourceId the source
 * @param destinationId the destination
 * @param sourceCatalogId what the source offered when the streams were chosen; null before it was asked
 * @param destinationCatalogId what the destination accepts; null for those that take what arrives
 */
public record ConnectionEnds(
        UUID sourceId,
        UUID destinationId,
        @Nullable UUID sourceCatalogId,
        @Nullable UUID destinationCatalogId) {
    public ConnectionEnds {
        Objects.requireNonNull(sourceId);
        Objects.requireNonNull(destinationId);
    }
}
