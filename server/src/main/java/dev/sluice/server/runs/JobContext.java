package dev.sluice.server.runs;

import dev.sluice.engine.run.StopSignal;
import dev.sluice.server.jobs.AttemptLog;
import dev.sluice.server.jobs.RunningJob;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What a source or destination gets of a job.
 *
 * @param name what its lines in the log begin with
 * @param log the log of the attempt
 * @param clock the time
 * @param stop what tells it to end
 * @param side who it is
 * @param redactor what keeps its secrets out of the log
 */
record JobContext(String name, AttemptLog log, Clock clock, StopSignal stop, Side<?> side, Redactor redactor)
        implements ConnectorContext {
    static JobContext of(RunningJob job, String name, Side<?> side, Redactor redactor, Clock clock) {
        return new JobContext(name, job.log(), clock, job.stop(), side, redactor);
    }

    @Override
    public void log(System.Logger.Level level, String message) {
        log.add(level, name, message);
    }

    @Override
    public boolean cancelled() {
        return stop.isRequested();
    }

    @Override
    public void configChanged(Config config) {
        try {
            redactor.learn(side.renewal().keep(config));
        } catch (ProblemException notKept) {
            log(
                    System.Logger.Level.WARNING,
                    "what the connector has changed in its configuration is not kept: "
                            + notKept.problem().message());
        }
    }

    @Override
    public Optional<Path> memory() {
        return Optional.ofNullable(side.memory());
    }

    @Override
    public String toString() {
        return name;
    }
}
