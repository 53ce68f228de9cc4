package dev.sluice.engine.plan;

import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import java.util.Objects;

/**
 * A stream that a run leaves alone because its source has changed or it cannot be read; the others are copied.
 *
 * @param stream the stream
 * @param problem why, and what to do
 */
public record StoppedStream(StreamId stream, Problem problem) {
    public StoppedStream {
        Objects.requireNonNull(stream);
        Objects.requireNonNull(problem);
    }
}
