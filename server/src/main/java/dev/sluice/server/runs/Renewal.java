package dev.sluice.server.runs;

import dev.sluice.server.actors.Actor;
import dev.sluice.server.actors.Actors;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.sql.SQLException;
import java.util.Set;

/**
 * Keeps what a connector changes in its own configuration, such as a refresh token that may be used once. It counts until
 * somebody changes the configuration that the connector was given: that is by hand, and later.
 *
 * @param actor the source or destination as it was when it was opened
 * @param spec the options of its connector, as a JSON Schema
 */
record Renewal(Store store, Actors actors, Configurations configurations, Actor actor, String spec) {
    private static final int MOST_TRIES = 5;

    /**
     * Keeps a configuration. No lease is asked for: the token before is void, whoever holds the job.
     *
     * @return its secrets
     * @throws ProblemException if it does not fit the spec, or if somebody has changed the configuration meanwhile
     */
    Set<String> keep(Config changed) {
        for (int i = 1; ; i++) {
            try {
                return store.compute(transaction -> keep(transaction, changed));
            } catch (ProblemException busy) {
                // Somebody has given it another name at the same moment.
                if (busy.problem().kind() != ProblemKind.CONFLICT || i == MOST_TRIES) {
                    throw busy;
                }
            }
        }
    }

    private Set<String> keep(Transaction transaction, Config changed) throws SQLException {
        Actor there = actors.find(transaction, actor.kind(), actor.id())
                .filter(found -> found.life().isThere()
                        && found.configuration()
                                .hash()
                                .equals(actor.configuration().hash()))
                .orElseThrow(() -> Problem.of(
                                "E_CONFIG_CHANGED",
                                ProblemKind.CONFIG,
                                "the configuration was changed by somebody while the connector ran")
                        .at(actor.name())
                        .fix("if it cannot log in any more, enter its credentials once more")
                        .exception());
        Actor renewed =
                there.with(there.name(), there.connector(), configurations.renewed(transaction, there, spec, changed));
        actors.replace(transaction, renewed);
        return Redactor.secrets(renewed.configuration().content(), changed);
    }

    @Override
    public String toString() {
        return "renewal of " + actor.id();
    }
}
