package dev.sluice.server.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the jobs of a connection.
 *
 * @param openJobId the job that waits or runs; null if none does
 * @param lastJobId the one that ended last; null if none did
 * @param lastJobAt when that one was wanted
 * @param lastSuccessAt when the last one was wanted that did all it should
 * @param failedInRow how many have failed since
 * @param warnedAt when people were warned that it will be switched off; null if they were not
 * @param nextRunAt when it runs next by itself; null for never
 */
public record ConnectionSummary(
        @Nullable Long openJobId,
        @Nullable Long lastJobId,
        @Nullable Instant lastJobAt,
        @Nullable Instant lastSuccessAt,
        long failedInRow,
        @Nullable Instant warnedAt,
        @Nullable Instant nextRunAt) {}
