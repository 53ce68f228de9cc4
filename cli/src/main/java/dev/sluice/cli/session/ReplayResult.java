package dev.sluice.cli.session;

import dev.sluice.engine.run.ReplayRun;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What became of the rejected records of a stream that were tried again.
 *
 * @param stream the stream
 * @param records how many were tried
 * @param outcome what became of them; null if it failed
 * @param problem why it failed; null if it did not
 * @param obstacle of a dry run, why a replay would be refused now; null if it would not
 */
public record ReplayResult(
        StreamId stream,
        int records,
        ReplayRun.@Nullable Replayed outcome,
        @Nullable Problem problem,
        @Nullable Problem obstacle) {}
