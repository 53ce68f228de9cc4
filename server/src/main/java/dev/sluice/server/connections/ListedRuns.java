package dev.sluice.server.connections;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What lists show of the runs of a connection.
 *
 * @param openJobId the one that waits or runs; null if none does
 * @param last the one that ended last; null if none did
 * @param lastSuccessAt when the last one was wanted that did all it should; null if none did
 * @param failedInRow how many have failed since
 * @param nextAt when it runs next by itself; null for never
 */
public record ListedRuns(
        @Nullable Long openJobId,
        @Nullable Last last,
        @Nullable Instant lastSuccessAt,
        long failedInRow,
        @Nullable Instant nextAt) {
    /** Those of a connection that never ran. */
    public static final ListedRuns NONE = new ListedRuns(null, null, null, 0, null);

    /**
     * The run that ended last.
     *
     * @param jobId its job; null if that is forgotten
     * @param at when it was wanted
     * @param records how many records arrived
     * @param rejected how many were rejected
     */
    public record Last(
            @Nullable Long jobId,
            Instant at,
            @Nullable Long records,
            @Nullable Long rejected) {}
}
