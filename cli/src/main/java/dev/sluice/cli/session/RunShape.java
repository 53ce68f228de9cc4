package dev.sluice.cli.session;

import dev.sluice.engine.connection.ConnectionRules;
import dev.sluice.engine.connection.NamespaceRule;
import dev.sluice.engine.connection.StreamSettings;
import java.util.List;

/**
 * What a connection without a project file copies.
 *
 * @param namespace in which namespace of the destination
 * @param prefix what precedes each stream's name
 * @param streams the streams
 * @param rules what holds for all of them
 */
public record RunShape(NamespaceRule namespace, String prefix, List<StreamSettings> streams, ConnectionRules rules) {
    public RunShape {
        streams = List.copyOf(streams);
    }
}
