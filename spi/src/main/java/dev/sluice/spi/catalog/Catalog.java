package dev.sluice.spi.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The streams that a source offers.
 *
 * @param streams the streams, each identity once
 */
public record Catalog(List<CatalogStream> streams) {
    public Catalog {
        streams = List.copyOf(streams);
        Set<StreamId> seen = HashSet.newHashSet(streams.size());
        for (CatalogStream stream : streams) {
            if (!seen.add(stream.id())) {
                throw new IllegalArgumentException("the catalog lists the stream " + stream.id() + " twice");
            }
        }
    }

    /** The stream with this identity. */
    public Optional<CatalogStream> find(StreamId id) {
        return streams.stream().filter(stream -> stream.id().equals(id)).findFirst();
    }
}
