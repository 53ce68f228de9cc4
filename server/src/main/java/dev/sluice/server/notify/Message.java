package dev.sluice.server.notify;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way, or that was sent.
 *
 * @param id its identity, which receivers are told
 * @param workspaceId whose it is
 * @param occasion what it tells of
 * @param channel in which way it goes
 * @param content what it says
 * @param course what became of it
 */
public record Message(UUID id, UUID workspaceId, Occasion occasion, Channel channel, Content content, Course course) {
    /**
     * What became of a message.
     *
     * @param tries how often it was sent in vain
     * @param dueAt when it is sent next
     * @param settledAt when it arrived, or was given up; null while it is on its way
     * @param problem why it did not arrive the last time; null if it did
     */
    public record Course(
            long tries,
            Instant dueAt,
            @Nullable Instant settledAt,
            @Nullable String problem) {}

    /** What it says, in a few words. */
    public String subject() {
        return content.subject();
    }
}
