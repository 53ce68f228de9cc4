package dev.sluice.airbyte.serve;

import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.runtime.ConnectorContext;
import java.lang.System.Logger.Level;
import java.time.Clock;

/** The host of a connector that is served: its log becomes messages. */
record ServedContext(Messages messages, Clock clock) implements ConnectorContext {
    @Override
    public void log(Level level, String message) {
        messages.log(level, message);
    }

    /** An orchestrator ends the process, which nobody hears of before. */
    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void configChanged(Config config) {
        messages.control(config);
    }
}
