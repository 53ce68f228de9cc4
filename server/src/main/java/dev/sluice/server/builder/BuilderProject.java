package dev.sluice.server.builder;

import dev.sluice.server.store.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connector that somebody builds.
 *
 * @param id its id
 * @param workspaceId where
 * @param draft what is being written
 * @param published what was made of it
 * @param testing what it is configured with to try it out
 * @param createdAt when it was begun
 */
public record BuilderProject(
        UUID id, UUID workspaceId, Draft draft, Published published, Testing testing, Instant createdAt) {
    /**
     * What is being written. It may be anything, also what is no manifest yet.
     *
     * @param name what people call it
     * @param manifest the text
     * @param streams how many streams it has, as far as can be told
     * @param revision how often it was kept, from 1
     * @param changedBy who kept it last
     * @param changedAt when
     */
    public record Draft(
            String name, String manifest, long streams, long revision, String changedBy, Instant changedAt) {}

    /**
     * What was made of it.
     *
     * @param definitionId the connector in the workspace; null if it was never published
     * @param print the print of the text that was published last; null if it was never published
     */
    public record Published(
            @Nullable UUID definitionId, @Nullable String print) {
        static final Published NEVER = new Published(null, null);
    }

    /**
     * What it is configured with to try it out.
     *
     * @param spec the options, as far as they could be told last; null if they never could
     * @param values the values, with references in the place of secrets
     */
    public record Testing(@Nullable Json spec, Json values) {
        static final Testing NOTHING = new Testing(null, Json.EMPTY);
    }

    /** True if what is being written is not what was published last. */
    public boolean isChangedSincePublish() {
        return !Prints.of(draft.manifest()).equals(published.print());
    }
}
