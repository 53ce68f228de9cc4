package dev.sluice.spi.catalog;

import dev.sluice.spi.problem.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The streams that a source offers.
 *
 * @param streams the streams that can be read, each identity once
 * @param unreadable the streams that are there and cannot be described; none of them is among the others
 */
public record Catalog(List<CatalogStream> streams, List<Unreadable> unreadable) {
    /**
     * A stream that is there and cannot be described, which does not stop the others.
     *
     * @param id the identity
     * @param problem why
     */
    public record Unreadable(StreamId id, Problem problem) {
        public Unreadable {
            Objects.requireNonNull(id);
            Objects.requireNonNull(problem);
        }
    }

    public Catalog {
        streams = List.copyOf(streams);
        unreadable = List.copyOf(unreadable);
        Set<StreamId> seen = HashSet.newHashSet(streams.size() + unreadable.size());
        streams.forEach(stream -> requireNew(stream.id(), seen));
        unreadable.forEach(stream -> requireNew(stream.id(), seen));
    }

    /** Streams that can all be read. */
    public Catalog(List<CatalogStream> streams) {
        this(streams, List.of());
    }

    private static void requireNew(StreamId id, Set<StreamId> seen) {
        if (!seen.add(id)) {
            throw new IllegalArgumentException("the catalog lists the stream " + id + " twice");
        }
    }

    /** True if the stream is there, whether it can be read or not. */
    public boolean has(StreamId id) {
        return find(id).isPresent()
                || unreadable.stream().anyMatch(stream -> stream.id().equals(id));
    }

    /** The stream with this identity, if it can be read. */
    public Optional<CatalogStream> find(StreamId id) {
        return streams.stream().filter(stream -> stream.id().equals(id)).findFirst();
    }
}
