package dev.sluice.server.jobs;

import dev.sluice.server.store.Json;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be done.
 *
 * @param workspaceId where
 * @param kind what
 * @param connectionId with which connection; null for a check or a discovery
 * @param actorId with which source or destination; null for the two of the connection
 * @param startedBy whose wish it is; null for the schedule's
 * @param request what else is to be known, such as the streams
 */
public record JobWish(
        UUID workspaceId,
        JobKind kind,
        @Nullable UUID connectionId,
        @Nullable UUID actorId,
        @Nullable UUID startedBy,
        Json request) {
    public JobWish {
        Objects.requireNonNull(workspaceId);
        Objects.requireNonNull(request);
        if (kind.movesData() == (connectionId == null)) {
            throw new IllegalArgumentException("jobs that move data have a connection, and no others: " + kind);
        }
    }

    /** A run of a connection. */
    public static JobWish of(UUID workspaceId, JobKind kind, UUID connectionId, @Nullable UUID startedBy) {
        return new JobWish(workspaceId, kind, connectionId, null, startedBy, Json.EMPTY);
    }

    /** A look at a source or destination. */
    public static JobWish ofActor(UUID workspaceId, JobKind kind, UUID actorId, @Nullable UUID startedBy) {
        return new JobWish(workspaceId, kind, null, actorId, startedBy, Json.EMPTY);
    }

    /** The same with something else to be known. */
    public JobWish with(Json other) {
        return new JobWish(workspaceId, kind, connectionId, actorId, startedBy, other);
    }
}
