package dev.sluice.connector.postgres.destination;

import dev.sluice.connector.postgres.session.PgConnections;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.Quoting;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;
import java.util.ArrayList;
import java.util.List;

/** Tries whether the destination can be written: connect, create what is needed, and take it back. */
final class DestinationCheck {
    private static final int OLDEST_VERSION = 120_000;

    private final PgConnections connections;
    private final DestinationSettings settings;

    DestinationCheck(PgConnections connections, DestinationSettings settings) {
        this.connections = connections;
        this.settings = settings;
    }

    CheckReport run() {
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
            steps.add(write(session));
        } catch (ProblemException failure) {
            steps.add(Step.failed(steps.isEmpty() ? "connect" : "write", failure.problem()));
        }
        return new CheckReport(steps);
    }

    /** Creates schema and table in a transaction that is rolled back, so that nothing is left behind. */
    private Step write(PgSession session) {
        String schema = Quoting.identifier(settings.schema());
        session.begin();
        try {
            session.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
            session.execute("CREATE SCHEMA IF NOT EXISTS sluice_internal");
            session.execute("CREATE TABLE " + schema + ".\"_sluice_check\" (value integer)");
            session.execute("INSERT INTO " + schema + ".\"_sluice_check\" VALUES (1)");
            return Step.ok("write", "schema " + settings.schema());
        } finally {
            session.rollback();
        }
    }
}
