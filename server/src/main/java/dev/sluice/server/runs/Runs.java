package dev.sluice.server.runs;

import dev.sluice.engine.run.RunOptions;
import dev.sluice.server.drift.SchemaChanges;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.JobWork;
import dev.sluice.server.jobs.Jobs;
import dev.sluice.server.jobs.Limits;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.server.store.Store;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Clock;
import java.util.List;

/** Does jobs with the engine, in this process. */
public final class Runs implements JobWork {
    private static final Problem DEFECT =
            Problem.of("E_INTERNAL", ProblemKind.INTERNAL, "the run met a defect of Sluice");

    private static final long LEAST_MEMORY = 16L << 20;

    private final MovingWork moving;
    private final ReplayWork replays;
    private final LookingWork looking;
    private final List<RunObserver> observers;

    /**
     * What does the jobs of a store.
     *
     * @param sides where sources and destinations come from
     * @param options how much of this machine each run may have
     * @param changes where what has changed in sources is written down
     * @param observers who follows attempts
     */
    public Runs(
            Store store,
            Sides sides,
            Jobs jobs,
            RunOptions options,
            SchemaChanges changes,
            List<RunObserver> observers,
            Clock clock) {
        this.moving = new MovingWork(store, sides, jobs, options, changes, clock);
        this.replays = new ReplayWork(store, sides, options, clock);
        this.looking = new LookingWork(store, sides, clock);
        this.observers = List.copyOf(observers);
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
        Watched watched = new Watched(observers, job);
        AttemptResult result = null;
        try {
            result = switch (job.job().wish().kind()) {
                case SYNC, REFRESH -> moving.sync(job, watched);
                case CLEAR -> moving.clear(job);
                case REPLAY -> replays.replay(job);
                case CHECK -> looking.check(job);
                case DISCOVER -> looking.discover(job);
            };
            return result;
        } catch (ProblemException failure) {
            result = AttemptResult.failed(failure.problem(), List.of());
            return result;
        } finally {
            watched.ended(result == null ? AttemptResult.failed(DEFECT, List.of()) : result);
        }
    }
}
