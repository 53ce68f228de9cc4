package dev.sluice.spi.runtime;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What the host gives to an opened source or destination. All methods may be called by any thread.
 *
 * <p>The log is a channel of its own that cannot mix with the data.
 */
public interface ConnectorContext {
    /**
     * Writes a line to the log of the run. The host folds repeated lines and caps the total.
     *
     * @param message one line, without secrets and without values of records
     */
    void log(Level level, String message);

    /** The clock of the host; connectors ask no other. */
    Clock clock();

    /** True once the run shall end; long work without I/O looks here now and then. */
    boolean cancelled();

    /**
     * Hears that the connector has got itself another configuration, such as one with a new refresh token in the place of one that may be
     * used once. When it returns, the configuration is kept and will be given to the connector the next time, until somebody
     * changes the one that was given now. A host that cannot keep it says so in its log and does not fail.
     *
     * @param config the whole configuration, with its secrets
     */
    default void configChanged(Config config) {
        log(Level.WARNING, "the connector has changed its configuration, which cannot be kept here");
    }

    /**
     * A folder of this host, for this configured source or destination alone, where it keeps what it must not forget from one run to
     * the next, such as what it has sent to a system that does not remember it. It may not exist yet. Empty if the host keeps
     * nothing.
     */
    default Optional<Path> memory() {
        return Optional.empty();
    }
}
