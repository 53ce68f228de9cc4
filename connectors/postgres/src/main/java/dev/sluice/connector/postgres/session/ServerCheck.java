package dev.sluice.connector.postgres.session;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Tries whether a server can be reached and is new enough, and then what a connector wants of it. */
public final class ServerCheck {
    private static final int OLDEST_VERSION = 120_000;

    private ServerCheck() {}

    /**
     * Runs the check.
     *
     * @param name the name of the further step
     * @param further what to try when connected; its failure is a failed step
     */
    public static CheckReport run(PgConnections connections, String name, Function<PgSession, Step> further) {
        List<Step> steps = new ArrayList<>();
        try (PgSession session = connections.open()) {
            int version = session.serverVersion();
            steps.add(Step.ok("connect", "PostgreSQL " + version / 10_000 + " at " + connections.place()));
            if (version < OLDEST_VERSION) {
                steps.add(Step.failed(
                        "version",
                        Problem.of("E_OLD_SERVER", ProblemKind.CONFIG, "PostgreSQL 12 or newer is needed")
                                .at(connections.place())));
                return new CheckReport(steps);
            }
            steps.add(further.apply(session));
        } catch (ProblemException failure) {
            steps.add(Step.failed(steps.isEmpty() ? "connect" : name, failure.problem()));
        }
        return new CheckReport(steps);
    }
}
