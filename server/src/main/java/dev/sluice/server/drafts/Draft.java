package dev.sluice.server.drafts;

import dev.sluice.server.store.Json;
import dev.sluice.server.store.Life;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has begun to set up, without the document itself.
 *
 * @param id its id
 * @param workspaceId where it is to be set up
 * @param accountId whose it is; null where nobody logs in
 * @param kind what it is to become, in a word of the page that keeps it
 * @param name what people call it; null while it has no name
 * @param made what was made of it
 * @param life its age
 */
public record Draft(
        UUID id,
        UUID workspaceId,
        @Nullable UUID accountId,
        String kind,
        @Nullable String name,
        Made made,
        Life life) {
    /** How long it is kept after the last change. */
    public static final Duration KEPT = Duration.ofDays(30);

    public Draft {
        Objects.requireNonNull(id);
        Objects.requireNonNull(workspaceId);
        Objects.requireNonNull(kind);
    }

    /**
     * What was made of a draft, so that it is made once.
     *
     * @param ids the ids of what there is, by names such as {@code sourceId}
     * @param submittedAt when the whole of it was made; null before
     */
    public record Made(Json ids, @Nullable Instant submittedAt) {
        static final Made NOTHING = new Made(Json.EMPTY, null);
    }

    /** When it goes, if nobody changes it before. */
    public Instant expiresAt() {
        return life.updatedAt().plus(KEPT);
    }
}
