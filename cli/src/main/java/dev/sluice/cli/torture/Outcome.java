package dev.sluice.cli.torture;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario came to.
 *
 * @param subject the stream and the mode
 * @param attack what was done to its runs, for people
 * @param disturbed how many runs were killed, stopped or met by a second one
 * @param verdict what it has shown
 * @param why what is wrong; null if nothing is
 * @param nanos how long it took
 * @param logs the folder with the logs of its runs
 */
public record Outcome(
        Subject subject,
        String attack,
        int disturbed,
        Verdict verdict,
        @Nullable String why,
        long nanos,
        Path logs) {
    /** The same as a scenario that proves nothing. */
    Outcome unproven(String reason) {
        return new Outcome(subject, attack, disturbed, Verdict.UNPROVEN, reason, nanos, logs);
    }
}
