package dev.sluice.testkit.host;

import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.testkit.rows.BatchMaker;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The host of a connector under test: keeps its log, and holds a clock that stands still. Thread-safe. */
public final class TestContext implements ConnectorContext {
    private final EventLog events = new EventLog();
    private final SettableClock clock =
            new SettableClock(Instant.EPOCH.plus(BatchMaker.EXTRACTED_AT, ChronoUnit.MICROS));
    private volatile boolean cancelled;

    /**
     * A line of the log.
     *
     * @param level how important it is
     * @param message the line
     */
    public record Line(Level level, String message) {}

    @Override
    public void log(Level level, String message) {
        events.add(new Line(level, message));
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    /** Tells the connector that the run shall end. */
    public void cancel() {
        cancelled = true;
    }

    /** What the connector logged so far. */
    public List<Line> lines() {
        return events.all(Line.class);
    }

    @Override
    public void configChanged(Config config) {
        events.add(config);
    }

    /** The configurations that the connector gave itself. */
    public List<Config> configs() {
        return events.all(Config.class);
    }
}
