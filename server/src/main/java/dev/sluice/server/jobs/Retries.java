package dev.sluice.server.jobs;

import dev.sluice.engine.connection.RetryLimits;
import dev.sluice.engine.state.FailureCount;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.util.Optional;

/** Whether another attempt follows one that failed, and when. The numbers are Airbyte's. */
final class Retries {
    /** What a destination says while it has not noticed yet that the process before is gone. */
    private static final String TARGET_BUSY = "E_TARGET_BUSY";

    private static final RetryLimits LIMITS = RetryLimits.USUAL;

    private Retries() {}

    /** The count after one more failure. */
    static FailureCount counted(FailureCount before, boolean progress) {
        return progress ? before.partial() : before.complete();
    }

    /**
     * How long to wait before the next attempt.
     *
     * @param number the attempt that failed, from 0
     * @param now the failures, this one included
     * @return empty if none follows
     */
    static Optional<Duration> pause(Problem problem, int number, FailureCount now) {
        boolean ownShadow = number > 0 && problem.code().equals(TARGET_BUSY);
        if (!ownShadow && problem.kind().retry() != ProblemKind.Retry.BACKOFF) {
            return Optional.empty();
        }
        boolean isBelow = now.completeInRow() < LIMITS.completeInRow()
                && now.completeInAll() < LIMITS.completeInAll()
                && now.partialInRow() < LIMITS.partialInRow()
                && now.partialInAll() < LIMITS.partialInAll();
        return isBelow ? Optional.of(RetryLimits.pause(now.completeInRow())) : Optional.empty();
    }
}
