package dev.sluice.engine.run;

import dev.sluice.engine.state.Job;
import java.util.List;

/**
 * What a run did.
 *
 * @param status how it ended
 * @param job the job; an attempt above 0 means that it finished an interrupted one
 * @param streams the accounts of the streams, in the order of the plan
 * @param nanos how long it took, in nanoseconds
 */
public record RunResult(RunStatus status, Job job, List<StreamProgress> streams, long nanos) {
    public RunResult {
        streams = List.copyOf(streams);
    }
}
