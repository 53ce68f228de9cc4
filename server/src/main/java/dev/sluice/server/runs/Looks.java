package dev.sluice.server.runs;

import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobWish;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.store.Store;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Has sources and destinations looked at by jobs, whichever server does these, and waits for the end. */
final class Looks {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Store store;
    private final Sides sides;
    private final Jobs jobs;
    private final Runnable wake;

    /**
     * Those of a store.
     *
     * @param wake tells the dispatcher of this server that there is a job
     */
    Looks(Store store, Sides sides, Jobs jobs, Runnable wake) {
        this.store = store;
        this.sides = sides;
        this.jobs = jobs;
        this.wake = wake;
    }

    /** A job after its end. */
    Job done(JobKind kind, UUID actorId) {
        UUID workspaceId = sides.actor(actorId).workspaceId();
        Job begun =
                store.compute(transaction -> jobs.add(transaction, JobWish.ofActor(workspaceId, kind, actorId, null)));
        wake.run();
        return ended(begun);
    }

    /** Another server may do it, so the store is asked. */
    private Job ended(Job begun) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Job job = begun;
        while (!job.status().isEnd()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                boolean discovers = job.wish().kind() == JobKind.DISCOVER;
                throw Problem.of(
                                discovers ? "E_DISCOVER_SLOW" : "E_CHECK_SLOW",
                                ProblemKind.TRANSIENT,
                                discovers
                                        ? "the source has not told yet what it offers"
                                        : "nobody knows yet whether it can be used")
                        .at("job " + job.id())
                        .because("it takes more than " + PATIENCE.toMinutes() + " minutes")
                        .fix("ask again later: what the job finds is kept")
                        .exception();
            }
            LockSupport.parkNanos(LOOK.toNanos());
            job = store.<Optional<Job>>read(transaction -> jobs.find(transaction, begun.id()))
                    .orElse(begun);
        }
        return job;
    }

    /** Why a job that ended did not succeed. */
    Problem failure(Job job) {
        List<Attempt> attempts = store.read(transaction -> jobs.attempts(transaction, job.id()));
        Problem problem = attempts.isEmpty() ? null : attempts.getLast().failure();
        return problem == null
                ? Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "looking at it was stopped")
                        .at("job " + job.id())
                : problem;
    }
}
