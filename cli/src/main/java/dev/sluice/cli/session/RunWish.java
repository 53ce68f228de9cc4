package dev.sluice.cli.session;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a run shall go.
 *
 * @param lanes how many parts are copied at the same time; null for what suits the machine
 * @param takeOver true if targets of other connections may be taken
 * @param streams only these streams, as patterns; empty for all of the connection
 * @param failOn which outcomes count as failures
 * @param tolerance how many rejected records are fine
 * @param patience what is said about retries and time
 * @param incrementalOnly true if a stream that can only be copied whole is a mistake
 */
public record RunWish(
        @Nullable Integer lanes,
        boolean takeOver,
        List<String> streams,
        FailOn failOn,
        Tolerance tolerance,
        Patience patience,
        boolean incrementalOnly) {
    public RunWish {
        Objects.requireNonNull(failOn);
        Objects.requireNonNull(tolerance);
        Objects.requireNonNull(patience);
        streams = List.copyOf(streams);
    }

    /** Which outcomes between success and failure end with a code of failure. */
    public enum FailOn {
        /** Partial results and too many rejects give 4. */
        DEFAULT,
        /** Partial results and rejects give 0. */
        NEVER,
        /** Partial results and too many rejects give 1. */
        PARTIAL,
        /** Partial results and any reject give 1. */
        ANY
    }
}
