package dev.sluice.engine.connection;

import java.util.List;
import java.util.Objects;

/**
 * A source, a destination, and what is copied from the one to the other.
 *
 * @param name unique in its project
 * @param source where the data comes from
 * @param destination where it goes
 * @param namespace in which namespace of the destination
 * @param prefix what precedes each stream's name at the destination; may be empty
 * @param streams the streams; to a stream apply the settings that name it, else the first whose pattern matches it
 * @param rules what holds for all of them
 */
public record Connection(
        String name,
        Endpoint source,
        Endpoint destination,
        NamespaceRule namespace,
        String prefix,
        List<StreamSettings> streams,
        ConnectionRules rules) {
    public Connection {
        Objects.requireNonNull(name);
        Objects.requireNonNull(source);
        Objects.requireNonNull(destination);
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(prefix);
        Objects.requireNonNull(rules);
        streams = List.copyOf(streams);
    }

    /** The same connection under other rules. */
    public Connection with(ConnectionRules other) {
        return new Connection(name, source, destination, namespace, prefix, streams, other);
    }
}
