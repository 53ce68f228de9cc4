package dev.sluice.cli.session;

import dev.sluice.engine.connection.RetryLimits;
import dev.sluice.engine.connection.RunLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a command line says about the patience of a run; it goes before the project file.
 *
 * @param retries how often a stream that makes no progress is tried again; null to leave it as it is
 * @param total how long the run may take; null to leave it as it is
 */
public record Patience(@Nullable Integer retries, @Nullable Duration total) {
    /** Nothing is said. */
    public static final Patience USUAL = new Patience(null, null);

    RunLimits over(RunLimits limits) {
        RunLimits tried = retries == null ? limits : limits.with(RetryLimits.of(retries));
        return total == null ? tried : tried.withTotal(total);
    }
}
