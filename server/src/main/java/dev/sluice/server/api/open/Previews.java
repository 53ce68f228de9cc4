package dev.sluice.server.api.open;

import dev.sluice.server.connections.DestinationObjects;
import dev.sluice.server.runs.ReplayTrials;
import dev.sluice.server.schemas.SourceSamples;

/**
 * What is seen before it is done.
 *
 * @param samples the first rows of streams
 * @param dryRuns what would become of rejected records
 * @param objects what destinations know of objects of their own
 */
public record Previews(SourceSamples samples, ReplayTrials dryRuns, DestinationObjects objects) {}
