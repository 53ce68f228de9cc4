package dev.sluice.engine.serve;

import dev.sluice.engine.plugin.ConnectorRegistry;
import dev.sluice.spi.problem.ProblemException;
import java.io.InputStream;
import java.io.OutputStream;
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

    /**
     * Writes all that the store of a server holds, whichever database it is in. Secrets stay encrypted.
     *
     * @param wish which server; where it listens does not matter
     * @param out where to; closed afterwards
     * @return how many rows there are
     * @throws ProblemException if the store cannot be read, or a server is using it
     */
    long write(ServerWish wish, OutputStream out, Clock clock);

    /**
     * Fills the empty store of a server with what was written of another one.
     *
     * @param wish which server; where it listens does not matter
     * @param in where from; closed afterwards
     * @return how many rows there are
     * @throws ProblemException if what was written is not whole, or the store is not empty; nothing is changed then
     */
    long read(ServerWish wish, InputStream in, Clock clock);
}
