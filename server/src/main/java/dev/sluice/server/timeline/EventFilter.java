package dev.sluice.server.timeline;

import dev.sluice.server.store.Where;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events are meant.
 *
 * @param connectionId of which connection
 * @param kinds of which kinds; empty for all
 * @param eventId which one; null for any
 * @param jobId of which job; null for any
 * @param from not what is older; null for no limit
 * @param to not what is younger; null for no limit
 */
public record EventFilter(
        UUID connectionId,
        Set<EventKind> kinds,
        @Nullable UUID eventId,
        @Nullable Long jobId,
        @Nullable Instant from,
        @Nullable Instant to) {
    public EventFilter {
        kinds = Set.copyOf(kinds);
    }

    /** All of a connection. */
    public static EventFilter of(UUID connectionId) {
        return new EventFilter(connectionId, Set.of(), null, null, null, null);
    }

    Where where() {
        Where where = new Where().and("connection_id = ?", connectionId);
        if (!kinds.isEmpty()) {
            where.in("kind", kinds);
        }
        if (eventId != null) {
            where.and("id = ?", eventId);
        }
        if (jobId != null) {
            where.and("job_id = ?", jobId);
        }
        if (from != null) {
            where.and("at >= ?", from);
        }
        if (to != null) {
            where.and("at <= ?", to);
        }
        return where;
    }
}
