package dev.sluice.spi.source;

import dev.sluice.spi.catalog.StreamId;
import java.util.Set;

/** Which streams a discovery shall describe; a source with many tables need not look at the others. */
public sealed interface DiscoverScope {

    /** All that the configuration lets one see. */
    record All() implements DiscoverScope {}

    /**
     * Some, as far as they exist.
     *
     * @param streams the identities
     */
    record Only(Set<StreamId> streams) implements DiscoverScope {
        public Only {
            streams = Set.copyOf(streams);
        }
    }
}
