package dev.sluice.server.schemas;

import dev.sluice.spi.catalog.Catalog;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What a source offered at a time.
 *
 * @param id its identity
 * @param actorId the source
 * @param asked what was asked
 * @param discoveredAt when it was last seen so
 * @param catalog its streams; those that could not be described are left out
 */
public record CatalogVersion(UUID id, UUID actorId, Asked asked, Instant discoveredAt, Catalog catalog) {
    /**
     * What was asked for a catalog. Another version of the connector or another configuration may see other streams.
     *
     * @param definitionNumber the version of the connector
     * @param configurationHash tells the configuration from others
     */
    public record Asked(long definitionNumber, String configurationHash) {
        public Asked {
            Objects.requireNonNull(configurationHash);
        }
    }
}
