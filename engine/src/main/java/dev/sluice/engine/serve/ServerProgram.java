package dev.sluice.engine.serve;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.spi.problem.ProblemException;
import java.time.Clock;

/**
 * The server as a service of an installation. It is found by {@link java.util.ServiceLoader}, so that the terminal can
 * start it and carries none of its libraries when it does something else.
 */
public interface ServerProgram {
    /**
     * Starts a server, which listens when this returns.
     *
     * @param connectors whoever opened them closes them, after the server
     * @throws ProblemException if it cannot be started
     */
    RunningServer start(ServerWish wish, ConnectorRegistry connectors, Clock clock);
}
