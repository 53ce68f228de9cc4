package dev.sluice.cli.command;

import dev.sluice.cli.output.Verbosity;
import dev.sluice.cli.session.Session;
import dev.sluice.cli.text.Line;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.lang.System.Logger.Level;
import java.time.Clock;

/** The terminal as a connector that is tried out sees it. */
record TrialHost(Session session) implements ConnectorContext {
    @Override
    public void log(Level level, String message) {
        session.console().message(Verbosity.VERBOSE, Line.of(message));
    }

    @Override
    public Clock clock() {
        return session.host().clock();
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void configChanged(Config config) {
        session.reporter()
                .warn("the service has given a new token in the place of one that can be used once; it is not kept"
                        + " here, so get another one before the next test");
    }
}
