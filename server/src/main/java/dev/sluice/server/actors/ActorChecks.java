package dev.sluice.server.actors;

import dev.sluice.spi.problem.Problem;
import java.util.Optional;
import java.util.UUID;

/** Tells whether sources and destinations can be used. May take minutes, so it is not for transactions. */
public interface ActorChecks {
    /**
     * What keeps a source or destination from being used; empty if nothing does.
     *
     * @throws dev.sluice.spi.problem.ProblemException if it cannot be tried
     */
    Optional<Problem> problem(UUID actorId);
}
