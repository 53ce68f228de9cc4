package dev.sluice.cli.session;

import dev.sluice.engine.connection.NamespaceRule;
import dev.sluice.engine.connection.StreamSettings;
import java.util.List;

/**
 * What a connection without a project file copies.
 *
 * @param namespace in which namespace of the destination
 * @param prefix what precedes each stream's name
 * @param streams the streams
 * @param lossyAccepted true if columns that cannot hold every value are fine
 */
public record RunShape(NamespaceRule namespace, String prefix, List<StreamSettings> streams, boolean lossyAccepted) {
    public RunShape {
        streams = List.copyOf(streams);
    }
}
