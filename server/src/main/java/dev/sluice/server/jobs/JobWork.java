package dev.sluice.server.jobs;

/** Does what a job wants. */
public interface JobWork {
    /**
     * Makes one attempt. Called in a thread of its own; a problem that is thrown is one that the attempt failed with.
     */
    AttemptResult attempt(RunningJob job);
}
