package dev.sluice.server.api.open;

import dev.sluice.server.runs.ReplayTrials;
import dev.sluice.server.schemas.SourceSamples;

/**
 * What is seen before it is done.
 *
 * @param samples the first rows of streams
 * @param dryRuns what would become of rejected records
 */
public record Previews(SourceSamples samples, ReplayTrials dryRuns) {}
