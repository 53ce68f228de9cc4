package dev.sluice.server.connections;

import dev.sluice.server.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection as lists show it.
 *
 * @param connection the connection
 * @param sourceName how its source is called
 * @param destinationName how its destination is called
 * @param status what became of its last run
 * @param lastJobAt when that began; null if it never ran
 * @param tags its tags, by name
 */
public record ListedConnection(
        Connection connection,
        String sourceName,
        String destinationName,
        ShownStatus status,
        @Nullable Instant lastJobAt,
        List<Tag> tags) {
    public ListedConnection {
        tags = List.copyOf(tags);
    }
}
