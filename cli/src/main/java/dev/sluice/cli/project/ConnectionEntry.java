package dev.sluice.cli.project;

import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.NamespaceRule;
import dev.sluice.engine.connection.StreamSettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the project file has it.
 *
 * @param name its name in the project
 * @param ends between what it moves rows
 * @param naming where and under which names its streams are written
 * @param streams the streams
 * @param rules what holds for all of them
 * @param automation what is for a server
 */
public record ConnectionEntry(
        String name,
        Ends ends,
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

    /** The source. */
    public EndpointEntry source() {
        return ends.source;
    }

    /** The destination. */
    public EndpointEntry destination() {
        return ends.destination;
    }

    /** Where rejected records are put as files; null for nowhere. */
    public @Nullable RejectShelf rejects() {
        return ends.rejects;
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
     * Between what rows are moved.
     *
     * @param source the source
     * @param destination the destination
     * @param rejects where rejected records are put as files; null for nowhere
     */
    public record Ends(
            EndpointEntry source,
            EndpointEntry destination,
            @Nullable RejectShelf rejects) {}

    /**
     * Where and under which names streams are written.
     *
     * @param namespace in which namespace
     * @param prefix what precedes each name
     */
    public record Naming(NamespaceRule namespace, String prefix) {}
}
