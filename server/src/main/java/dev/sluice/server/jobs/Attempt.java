package dev.sluice.server.jobs;

import dev.sluice.server.store.Json;
import dev.sluice.spi.problem.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try at a job.
 *
 * @param jobId the job
 * @param number which one, from 0
 * @param status how it stands
 * @param failure why it failed; null if it did not
 * @param snapshot what it worked with, without secrets, and what a check found
 * @param totals what it did by itself
 * @param times when
 */
public record Attempt(
        long jobId,
        int number,
        Status status,
        @Nullable Problem failure,
        Json snapshot,
        Job.Totals totals,
        Times times) {
    /** How an attempt stands. */
    public enum Status {
        /** It is under way. */
        RUNNING,
        /** It did all that was left to do. */
        SUCCEEDED,
        /** It did not. */
        FAILED
    }

    /**
     * When it happened.
     *
     * @param createdAt when it began
     * @param updatedAt when its numbers changed last
     * @param endedAt when it ended; null before
     */
    public record Times(
            Instant createdAt, Instant updatedAt, @Nullable Instant endedAt) {}
}
