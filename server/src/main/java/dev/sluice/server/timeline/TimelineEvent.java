package dev.sluice.server.timeline;

import dev.sluice.server.store.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened with a connection.
 *
 * @param id its identity
 * @param connectionId the connection
 * @param kind what happened
 * @param jobId in which job; null if in none
 * @param author who did it; null if the server did
 * @param summary what there is to tell of it
 * @param at when
 */
public record TimelineEvent(
        UUID id,
        UUID connectionId,
        EventKind kind,
        @Nullable Long jobId,
        @Nullable Author author,
        Json summary,
        Instant at) {}
