package dev.sluice.server.runs;

import dev.sluice.server.jobs.Attempt;
import dev.sluice.server.jobs.Job;
import dev.sluice.server.jobs.JobKind;
import dev.sluice.server.jobs.JobStatus;
import dev.sluice.server.jobs.JobWish;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.schemas.CatalogVersion;
import dev.sluice.server.schemas.Schemas;
import dev.sluice.server.schemas.SourceCatalogs;
import dev.sluice.server.store.Store;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Asks sources what they offer by jobs of their own, whichever server does these. Threads may share it. */
public final class Discoveries implements SourceCatalogs {
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Store store;
    private final Sides sides;
    private final Jobs jobs;
    private final Runnable wake;
    private final Clock clock;
    private final Schemas schemas;

    /**
     * Those of a store.
     *
     * @param wake tells the dispatcher of this server that there is a job
     */
    public Discoveries(Store store, Sides sides, Jobs jobs, Runnable wake, Clock clock) {
        this.store = store;
        this.sides = sides;
        this.jobs = jobs;
        this.wake = wake;
        this.clock = clock;
        this.schemas = new Schemas(clock);
    }

    @Override
    public CatalogVersion current(UUID sourceId, boolean anew) {
        if (!anew) {
            Side<SourceConnector> side = sides.source(sourceId);
            CatalogVersion.Asked asked = new CatalogVersion.Asked(
                    side.version(), side.actor().configuration().hash());
            Optional<CatalogVersion> known = store.read(transaction ->
                    schemas.fresh(transaction, sourceId, asked, clock.instant().minus(FRESH)));
            if (known.isPresent()) {
                return known.get();
            }
        }
        Job job = ended(begin(sourceId));
        if (job.status() != JobStatus.SUCCEEDED) {
            throw failure(job);
        }
        return store.<Optional<CatalogVersion>>read(transaction -> schemas.newest(transaction, sourceId))
                .orElseThrow(() -> failure(job));
    }

    private Job begin(UUID sourceId) {
        UUID workspaceId = sides.actor(sourceId).workspaceId();
        Job job = store.compute(
                transaction -> jobs.add(transaction, JobWish.ofActor(workspaceId, JobKind.DISCOVER, sourceId, null)));
        wake.run();
        return job;
    }

    /** Another server may do it, so the store is asked. */
    private Job ended(Job begun) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Job job = begun;
        while (!job.status().isEnd()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw Problem.of("E_DISCOVER_SLOW", ProblemKind.TRANSIENT, "the source has not told yet what it offers")
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

    private ProblemException failure(Job job) {
        List<Attempt> attempts = store.read(transaction -> jobs.attempts(transaction, job.id()));
        Problem problem = attempts.isEmpty() ? null : attempts.getLast().failure();
        return problem == null
                ? Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "asking the source was stopped")
                        .at("job " + job.id())
                        .exception()
                : problem.exception();
    }
}
