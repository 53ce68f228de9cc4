package dev.sluice.connector.postgres.source;

import dev.sluice.connector.postgres.session.PgConnections;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;
import dev.sluice.spi.source.DiscoverScope;
import java.util.ArrayList;
import java.util.List;

/** Tries whether the source can be read: connect, look at the catalog, find something to read. */
final class SourceCheck {
    private static final int OLDEST_VERSION = 120_000;

    private final PgConnections connections;
    private final SourceSettings settings;

    SourceCheck(PgConnections connections, SourceSettings settings) {
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
            steps.add(catalog(session));
        } catch (ProblemException failure) {
            steps.add(Step.failed(steps.isEmpty() ? "connect" : "read the catalog", failure.problem()));
        }
        return new CheckReport(steps);
    }

    private Step catalog(PgSession session) {
        int found =
                new Discovery(session, settings).run(new DiscoverScope.All()).size();
        if (found == 0) {
            String where = settings.schemas().isEmpty() ? "" : " in " + String.join(", ", settings.schemas());
            return Step.failed(
                    "read the catalog",
                    Problem.of(
                                    "E_NOTHING_READABLE",
                                    ProblemKind.PERMISSION,
                                    "the user can read no table or view" + where)
                            .at(connections.place())
                            .fix("GRANT USAGE ON SCHEMA and SELECT ON the tables, or check the option schemas"));
        }
        return Step.ok("read the catalog", found + " tables and views");
    }
}
