package dev.sluice.spi.catalog;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a stream in its source.
 *
 * @param namespace the group that the stream stands in, such as a database schema; null if the source has none. An empty
 *     one means none, as in the Airbyte protocol.
 * @param name the name in that group, not empty
 */
public record StreamId(@Nullable String namespace, String name) implements Comparable<StreamId> {
    private static final Comparator<StreamId> ORDER = Comparator.<StreamId, String>comparing(
                    id -> id.namespace == null ? "" : id.namespace)
            .thenComparing(StreamId::name);

    public StreamId {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a stream needs a name");
        }
        if (namespace != null && namespace.isEmpty()) {
            namespace = null;
        }
    }

    /** A stream of a source without namespaces. */
    public static StreamId of(String name) {
        return new StreamId(null, name);
    }

    /** A stream in a namespace. */
    public static StreamId of(@Nullable String namespace, String name) {
        return new StreamId(namespace, name);
    }

    /** {@code namespace.name}, or the name alone; for people, not for parsing. */
    @Override
    public String toString() {
        return namespace == null ? name : namespace + "." + name;
    }

    @Override
    public int compareTo(StreamId other) {
        return ORDER.compare(this, other);
    }
}
