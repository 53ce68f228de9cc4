package dev.sluice.engine.state;

/**
 * How often the attempts at a stream have failed in one job. Kept with the job, so that a restart does not begin to count
 * anew.
 *
 * @param completeInRow the failures without any progress since the last one with some
 * @param completeInAll the failures without any progress
 * @param partialInRow the failures with some progress since the last one without any
 * @param partialInAll the failures with some progress
 */
public record FailureCount(int completeInRow, int completeInAll, int partialInRow, int partialInAll) {
    /** No attempt has failed. */
    public static final FailureCount NONE = new FailureCount(0, 0, 0, 0);

    /** The count after one more failure without any progress. */
    public FailureCount complete() {
        return new FailureCount(completeInRow + 1, completeInAll + 1, 0, partialInAll);
    }

    /** The count after one more failure with some progress. */
    public FailureCount partial() {
        return new FailureCount(0, completeInAll, partialInRow + 1, partialInAll + 1);
    }

    /** All failures. */
    public int sum() {
        return completeInAll + partialInAll;
    }
}
