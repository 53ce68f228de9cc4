package dev.sluice.server.runs;

import dev.sluice.server.actors.ActorChecks;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Store;
import dev.sluice.spi.problem.Problem;
import java.util.Optional;
import java.util.UUID;

/** Tries sources and destinations by jobs of their own. Threads may share it. */
public final class Checks implements ActorChecks {
    private final Looks looks;

    /**
     * Those of a store.
     *
     * @param wake tells the dispatcher of this server that there is a job
     */
    public Checks(Store store, Sides sides, Jobs jobs, Runnable wake) {
        this.looks = new Looks(store, sides, jobs, wake);
    }

    @Override
    public Optional<Problem> problem(UUID actorId) {
        Job job = looks.done(JobKind.CHECK, actorId);
        return job.status() == JobStatus.SUCCEEDED ? Optional.empty() : Optional.of(looks.failure(job));
    }
}
