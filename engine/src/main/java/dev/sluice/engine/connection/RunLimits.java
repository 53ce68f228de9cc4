package dev.sluice.engine.connection;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How patient a run is.
 *
 * @param retries how often a stream is tried again
 * @param sourceSilence how long a source may take for its next rows before it counts as dead
 * @param destinationSilence how long a destination may take for one write or commit before it counts as dead
 * @param total how long the run may take in all; null for as long as it needs
 */
public record RunLimits(
        RetryLimits retries,
        Duration sourceSilence,
        Duration destinationSilence,
        @Nullable Duration total) {
    /** The limits of a connection that says nothing of them. */
    public static final RunLimits USUAL =
            new RunLimits(RetryLimits.USUAL, Duration.ofHours(3), Duration.ofHours(24), null);

    public RunLimits {
        Objects.requireNonNull(retries);
        if (isEmpty(sourceSilence) || isEmpty(destinationSilence) || (total != null && isEmpty(total))) {
            throw new IllegalArgumentException("a run needs some time");
        }
    }

    /** A duration for people, such as {@code 30 s} or {@code 3 h}. */
    public static String words(Duration duration) {
        if (duration.toHours() > 0) {
            int minutes = duration.toMinutesPart();
            return duration.toHours() + " h" + (minutes == 0 ? "" : " " + minutes + " min");
        }
        int seconds = duration.toSecondsPart();
        return duration.toMinutes() == 0
                ? seconds + " s"
                : duration.toMinutes() + " min" + (seconds == 0 ? "" : " " + seconds + " s");
    }

    private static boolean isEmpty(Duration duration) {
        return duration.isZero() || duration.isNegative();
    }

    /** The same with other limits for retries. */
    public RunLimits with(RetryLimits other) {
        return new RunLimits(other, sourceSilence, destinationSilence, total);
    }

    /** The same with another limit for the whole run. */
    public RunLimits withTotal(@Nullable Duration other) {
        return new RunLimits(retries, sourceSilence, destinationSilence, other);
    }
}
