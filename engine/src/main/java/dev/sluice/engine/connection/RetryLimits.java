package dev.sluice.engine.connection;

import java.time.Duration;

/**
 * How often a stream is tried again within one job after a failure that may pass. The numbers are Airbyte's.
 *
 * <p>A failed attempt is <em>partial</em> if something of it was committed, which the next attempt need not do again,
 * and <em>complete</em> otherwise. A stream is tried again only while all four counts are below their limits.
 *
 * @param completeInRow so many complete failures one after the other
 * @param completeInAll so many complete failures in the job
 * @param partialInRow so many partial failures one after the other
 * @param partialInAll so many partial failures in the job
 */
public record RetryLimits(int completeInRow, int completeInAll, int partialInRow, int partialInAll) {
    /** The limits of a connection that says nothing of them. */
    public static final RetryLimits USUAL = new RetryLimits(5, 10, 1000, 20);

    /** A stream that failed is not tried again. */
    public static final RetryLimits NONE = new RetryLimits(1, 1, 1, 1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);
    private static final int FACTOR = 3;

    public RetryLimits {
        if (completeInRow < 1 || completeInAll < 1 || partialInRow < 1 || partialInAll < 1) {
            throw new IllegalArgumentException("the first failure is always let happen");
        }
    }

    /** Limits that let a stream be tried again so often without any progress, and as usual or more often with some. */
    public static RetryLimits of(int retries) {
        return retries == 0
                ? NONE
                : new RetryLimits(
                        retries + 1,
                        Math.max(USUAL.completeInAll, retries + 1),
                        USUAL.partialInRow,
                        Math.max(USUAL.partialInAll, retries + 1));
    }

    /**
     * How long to wait before the next attempt: not at all after one that made progress, else longer each time.
     *
     * @param failuresInRow how many complete failures have followed each other; 0 after a partial one
     */
    public static Duration pause(int failuresInRow) {
        if (failuresInRow == 0) {
            return Duration.ZERO;
        }
        Duration pause = FIRST_PAUSE;
        for (int i = 1; i < failuresInRow && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
            pause = pause.multipliedBy(FACTOR);
        }
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
