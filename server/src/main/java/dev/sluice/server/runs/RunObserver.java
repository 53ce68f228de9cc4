package dev.sluice.server.runs;

import dev.sluice.engine.connection.Endpoint;
import dev.sluice.engine.plan.SyncPlan;
import dev.sluice.engine.run.RunListener;
import dev.sluice.server.connections.Connection;
import dev.sluice.server.jobs.AttemptResult;
import dev.sluice.server.jobs.RunningJob;

/** Follows attempts from outside, for those who watch over a server. What it throws, or how long it takes, is its own matter. */
public interface RunObserver {
    /** Follows nothing. */
    RunObserver NOBODY = _ -> new Watch() {};

    /** An attempt begins; what is returned hears what becomes of it. */
    Watch begun(RunningJob job);

    /** Hears what becomes of an attempt. Called by several threads; must return soon. */
    interface Watch extends RunListener {
        /** It is settled what will be moved. */
        default void planned(Moved moved) {}

        /** It has ended. */
        default void ended(AttemptResult result) {}
    }

    /**
     * What is moved.
     *
     * @param connection the connection
     * @param source where from, with secrets
     * @param destination where to, with secrets
     * @param plan what becomes of the streams
     */
    record Moved(Connection connection, Endpoint source, Endpoint destination, SyncPlan plan) {
        @Override
        public String toString() {
            return "connection " + connection.id();
        }
    }
}
