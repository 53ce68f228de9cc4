package dev.sluice.engine.run;

import dev.sluice.engine.plan.StoppedStream;
import dev.sluice.engine.plan.StreamChange;
import dev.sluice.engine.state.Job;
import java.util.List;

/**
 * What a run did.
 *
 * @param status how it ended
 * @param job the job; an attempt above 0 means that it finished an interrupted one
 * @param streams the accounts of the streams, in the order of the plan
 * @param stopped the streams that were left alone because their source has changed or they cannot be read; they count as failed
 * @param changes what has changed in the source since the tables were last made
 * @param nanos how long it took, in nanoseconds
 */
public record RunResult(
        RunStatus status,
        Job job,
        List<StreamProgress> streams,
        List<StoppedStream> stopped,
        List<StreamChange> changes,
        long nanos) {
    public RunResult {
        streams = List.copyOf(streams);
        stopped = List.copyOf(stopped);
        changes = List.copyOf(changes);
    }
}
