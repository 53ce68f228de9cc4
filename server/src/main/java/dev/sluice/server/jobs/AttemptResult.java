package dev.sluice.server.jobs;

import dev.sluice.server.store.Json;
import dev.sluice.spi.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param outcome in which way
 * @param problem why it failed; null if it did not
 * @param streams what it did to each stream
 * @param found what a check or a discovery found; empty for others
 */
public record AttemptResult(Outcome outcome, @Nullable Problem problem, List<AttemptStream> streams, Json found) {
    public AttemptResult {
        streams = List.copyOf(streams);
        if ((outcome == Outcome.FAILED) != (problem != null)) {
            throw new IllegalArgumentException("what failed has a problem, and nothing else");
        }
    }

    /** The ways in which an attempt ends. */
    public enum Outcome {
        /** All is done. */
        SUCCEEDED,
        /** Not all is done. */
        FAILED,
        /** It was told to end. */
        STOPPED
    }

    /** All is done. */
    public static AttemptResult succeeded(List<AttemptStream> streams) {
        return new AttemptResult(Outcome.SUCCEEDED, null, streams, Json.EMPTY);
    }

    /** Not all is done. */
    public static AttemptResult failed(Problem problem, List<AttemptStream> streams) {
        return new AttemptResult(Outcome.FAILED, problem, streams, Json.EMPTY);
    }

    /** It was told to end. */
    public static AttemptResult stopped(List<AttemptStream> streams) {
        return new AttemptResult(Outcome.STOPPED, null, streams, Json.EMPTY);
    }

    /** The same, and something was found. */
    public AttemptResult found(Json what) {
        return new AttemptResult(outcome, problem, streams, what);
    }

    /** True if something was committed that a next attempt need not do again. */
    boolean hasProgress() {
        return streams.stream().anyMatch(stream -> stream.counts().committed() > 0);
    }
}
