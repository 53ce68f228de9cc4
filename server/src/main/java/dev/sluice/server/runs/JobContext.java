package dev.sluice.server.runs;

import dev.sluice.engine.run.StopSignal;
import dev.sluice.server.jobs.AttemptLog;
import dev.sluice.spi.runtime.ConnectorContext;
import java.time.Clock;

/**
 * What a source or destination gets of a job.
 *
 * @param name what its lines in the log begin with
 * @param log the log of the attempt
 * @param clock the time
 * @param stop what tells it to end
 */
record JobContext(String name, AttemptLog log, Clock clock, StopSignal stop) implements ConnectorContext {
    @Override
    public void log(System.Logger.Level level, String message) {
        log.add(level, name, message);
    }

    @Override
    public boolean cancelled() {
        return stop.isRequested();
    }
}
