package dev.sluice.server.runs;

import dev.sluice.engine.run.StreamProgress;
import dev.sluice.engine.state.Job;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.spi.problem.Problem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tells several, each of whom may fail without harm to the run or to the others. */
final class Watched implements RunObserver.Watch {
    private static final Logger LOG = System.getLogger(Watched.class.getName());

    private final List<RunObserver.Watch> watches = new ArrayList<>();

    Watched(List<RunObserver> observers, RunningJob job) {
        for (RunObserver observer : observers) {
            guarded(() -> watches.add(observer.begun(job)));
        }
    }

    private void each(Consumer<RunObserver.Watch> told) {
        watches.forEach(watch -> guarded(() -> told.accept(watch)));
    }

    private static void guarded(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "somebody who watches a run failed", failure);
        }
    }

    @Override
    public void planned(RunObserver.Moved moved) {
        each(watch -> watch.planned(moved));
    }

    @Override
    public void started(Job job, List<StreamProgress> streams) {
        each(watch -> watch.started(job, streams));
    }

    @Override
    public void changed(StreamProgress stream) {
        each(watch -> watch.changed(stream));
    }

    @Override
    public void retrying(StreamProgress stream, Problem why, Duration pause) {
        each(watch -> watch.retrying(stream, why, pause));
    }

    @Override
    public void committed(StreamProgress stream, Commit commit) {
        each(watch -> watch.committed(stream, commit));
    }

    @Override
    public void ended(AttemptResult result) {
        each(watch -> watch.ended(result));
    }
}
