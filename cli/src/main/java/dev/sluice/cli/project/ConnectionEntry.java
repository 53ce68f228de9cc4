package dev.sluice.cli.project;

import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.NamespaceRule;
import dev.sluice.engine.connection.StreamSettings;
import java.util.List;
import java.util.Objects;

/**
 * A connection as the project file has it.
 *
 * @param name its name in the project
 * @param source the source
 * @param destination the destination
 * @param naming where and under which names its streams are written
 * @param streams the streams
 * @param rules what holds for all of them
 * @param automation what is for a server
 */
public record ConnectionEntry(
        String name,
        EndpointEntry source,
        EndpointEntry destination,
        Naming naming,
        List<StreamSettings> streams,
        ConnectionRules rules,
        Automation automation) {
    public ConnectionEntry {
        Objects.requireNonNull(naming);
        Objects.requireNonNull(rules);
        streams = List.copyOf(streams);
        Objects.requireNonNull(automation);
    }

    /** The streams with the references in their mappers resolved. */
    public List<StreamSettings> streams(References references) {
        return streams.stream()
                .map(stream -> stream.with(stream.rows()
                        .with(stream.rows().mappers().stream()
                                .map(mapper -> mapper.resolved(text -> references.secret(text, mapper.place())))
                                .toList())))
                .toList();
    }

    /**
     * Where and under which names streams are written.
     *
     * @param namespace in which namespace
     * @param prefix what precedes each name
     */
    public record Naming(NamespaceRule namespace, String prefix) {}
}
