package dev.sluice.server.jobs;

import dev.sluice.engine.state.FailureCount;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One requested run.
 *
 * @param id its number
 * @param wish what it is for
 * @param status how it stands
 * @param course what was decided on its way
 * @param totals what it did, over all attempts
 * @param times when
 */
public record Job(long id, JobWish wish, JobStatus status, Course course, Totals totals, Times times) {
    /**
     * What was decided on its way.
     *
     * @param syncId the number that its rows carry; null before the first attempt, and for those without rows
     * @param cancelWished true once somebody wants it to end
     * @param failures how its attempts have failed
     * @param token counts those who held it
     * @param owner the process that works on it; null if none does
     */
    public record Course(
            @Nullable Long syncId,
            boolean cancelWished,
            FailureCount failures,
            long token,
            @Nullable UUID owner) {}

    /**
     * What it did.
     *
     * @param records the records that arrived
     * @param bytes the bytes that were read
     * @param rejected the records that were rejected
     */
    public record Totals(long records, long bytes, long rejected) {}

    /**
     * When it happened.
     *
     * @param createdAt when somebody wanted it
     * @param startedAt when its first attempt began; null before
     * @param updatedAt when something became of it last
     * @param endedAt when it ended; null before
     * @param dueAt when its next attempt may begin
     */
    public record Times(
            Instant createdAt,
            @Nullable Instant startedAt,
            Instant updatedAt,
            @Nullable Instant endedAt,
            Instant dueAt) {}
}
