package dev.sluice.server.runs;

import dev.sluice.engine.run.RunOptions;
import dev.sluice.server.drift.SchemaChanges;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.JobWork;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.server.store.Store;
import java.time.Clock;

/** Does jobs with the engine, in this process. */
public final class Runs implements JobWork {
    private static final long LEAST_MEMORY = 16L << 20;

    private final MovingWork moving;
    private final LookingWork looking;

    /**
     * What does the jobs of a store.
     *
     * @param sides where sources and destinations come from
     * @param options how much of this machine each run may have
     * @param changes where what has changed in sources is written down
     */
    public Runs(Store store, Sides sides, Jobs jobs, RunOptions options, SchemaChanges changes, Clock clock) {
        this.moving = new MovingWork(store, sides, jobs, options, changes, clock);
        this.looking = new LookingWork(store, sides, clock);
    }

    /** What a run may have of a machine that it shares with as many others as the limits allow (I6). */
    public static RunOptions share(long maxHeapBytes, int processors, Limits limits) {
        RunOptions whole = RunOptions.forMachine(maxHeapBytes, processors);
        return new RunOptions(
                whole.lanes(),
                Math.max(LEAST_MEMORY, whole.memoryBytes() / limits.moving()),
                Math.max(LEAST_MEMORY, whole.maxValueBytes() / limits.moving()),
                whole.checkpointBytes(),
                whole.checkpointInterval());
    }

    @Override
    public AttemptResult attempt(RunningJob job) {
        return switch (job.job().wish().kind()) {
            case SYNC, REFRESH -> moving.sync(job);
            case CLEAR -> moving.clear(job);
            case CHECK -> looking.check(job);
            case DISCOVER -> looking.discover(job);
        };
    }
}
