package dev.sluice.engine.run;

import dev.sluice.engine.state.Job;
import dev.sluice.spi.problem.Problem;
import java.time.Duration;
import java.util.List;

/** Hears of a run's steps. Called by several threads; must return soon. */
public interface RunListener {
    /**
     * The plan is made and the job begins.
     *
     * @param streams the accounts, which are filled from now on
     */
    default void started(Job job, List<StreamProgress> streams) {}

    /** A stream has come to another status. */
    default void changed(StreamProgress stream) {}

    /**
     * An attempt at a stream has failed, and another one follows.
     *
     * @param why why it failed
     * @param pause how long the stream waits before
     */
    default void retrying(StreamProgress stream, Problem why, Duration pause) {}

    /** Rows of a stream were committed. */
    default void committed(StreamProgress stream, Commit commit) {}

    /**
     * What went into a destination together.
     *
     * @param split the part of the read that it is of
     * @param rows how many rows
     * @param took the time from its preparation until the state was saved
     */
    record Commit(String split, long rows, Duration took) {}
}
