package dev.sluice.server.jobs;

import java.time.Duration;
import java.time.Instant;

/**
 * How long it goes wrong with a connection.
 *
 * @param jobs how many jobs have failed since one succeeded
 * @param since when the last one that succeeded was wanted, or the first one of all
 */
public record FailureRow(long jobs, Instant since) {
    private static final long WARNED_JOBS = 20;
    private static final Duration WARNED_AFTER = Duration.ofDays(4);
    private static final long DISABLED_JOBS = 30;
    private static final Duration DISABLED_AFTER = Duration.ofDays(7);

    /** True if somebody has to be warned. */
    boolean warns(Instant now) {
        return jobs >= WARNED_JOBS && lasts(WARNED_AFTER, now);
    }

    /** True if the connection is switched off. */
    boolean disables(Instant now) {
        return jobs >= DISABLED_JOBS && lasts(DISABLED_AFTER, now);
    }

    private boolean lasts(Duration duration, Instant now) {
        return !now.isBefore(since.plus(duration));
    }
}
