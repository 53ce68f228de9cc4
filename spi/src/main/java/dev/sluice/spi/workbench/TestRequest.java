package dev.sluice.spi.workbench;

import dev.sluice.spi.runtime.Config;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is to be tried out.
 *
 * @param definition the definition
 * @param stream the stream, or what streams are made of
 * @param config what the connector is configured with
 * @param limits where it ends
 * @param start where it begins
 * @param retries true if failed requests are repeated as in a sync
 * @param recording what a test before has recorded, to be answered with instead of asking anybody; null to ask
 */
public record TestRequest(
        String definition,
        String stream,
        Config config,
        TestLimits limits,
        TestStart start,
        boolean retries,
        @Nullable String recording) {
    /** Demands all but the recording. */
    public TestRequest {
        Objects.requireNonNull(definition);
        Objects.requireNonNull(stream);
        Objects.requireNonNull(config);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(start);
    }
}
