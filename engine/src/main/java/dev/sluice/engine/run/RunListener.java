package dev.sluice.engine.run;

import dev.sluice.engine.state.Job;
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

    /** Rows of a stream were committed. */
    default void committed(StreamProgress stream) {}
}
