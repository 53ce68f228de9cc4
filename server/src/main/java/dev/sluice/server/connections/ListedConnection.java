package dev.sluice.server.connections;

import dev.sluice.server.tags.Tag;
import java.util.List;

/**
 * A connection as lists show it.
 *
 * @param connection the connection
 * @param sourceName how its source is called
 * @param destinationName how its destination is called
 * @param status what became of its last run
 * @param runs what there is to tell of its runs
 * @param tags its tags, by name
 */
public record ListedConnection(
        Connection connection,
        String sourceName,
        String destinationName,
        ShownStatus status,
        ListedRuns runs,
        List<Tag> tags) {
    public ListedConnection {
        tags = List.copyOf(tags);
    }
}
