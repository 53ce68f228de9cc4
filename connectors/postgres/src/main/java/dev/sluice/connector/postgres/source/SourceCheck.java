package dev.sluice.connector.postgres.source;

import dev.sluice.cdk.sql.KnownRelations;
import dev.sluice.connector.postgres.log.LogCheck;
import dev.sluice.connector.postgres.session.PgConnections;
import dev.sluice.connector.postgres.session.PgSession;
import dev.sluice.connector.postgres.session.ServerCheck;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;
import dev.sluice.spi.source.DiscoverScope;
import java.util.ArrayList;
import java.util.List;

/** Tries whether the source can be read: connect, look at the catalog, find something to read; then the log, if it is read. */
final class SourceCheck {
    private final PgConnections connections;
    private final SourceSettings settings;

    SourceCheck(PgConnections connections, SourceSettings settings) {
        this.connections = connections;
        this.settings = settings;
    }

    CheckReport run() {
        CheckReport usual = ServerCheck.run(connections, "read the catalog", this::catalog);
        if (settings.log().isEmpty() || !usual.succeeded()) {
            return usual;
        }
        List<Step> steps = new ArrayList<>(usual.steps());
        steps.addAll(new LogCheck(settings.log().get(), connections).run());
        return new CheckReport(steps);
    }

    private Step catalog(PgSession session) {
        int found =
                new Discovery(session, settings).run(new DiscoverScope.All()).size();
        if (found == 0) {
            return Step.failed(
                    "read the catalog",
                    KnownRelations.nothingReadable(settings.schemas(), connections.place())
                            .fix("GRANT USAGE ON SCHEMA and SELECT ON the tables, or check the option schemas"));
        }
        return Step.ok("read the catalog", found + " tables and views");
    }
}
