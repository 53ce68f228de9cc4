package dev.sluice.connector.mysql.source;

import dev.sluice.cdk.sql.KnownRelations;
import dev.sluice.connector.mysql.log.LogCheck;
import dev.sluice.connector.mysql.session.ConnectionCheck;
import dev.sluice.connector.mysql.session.MyConnections;
import dev.sluice.connector.mysql.session.MySession;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;
import dev.sluice.spi.source.DiscoverScope;
import java.util.ArrayList;
import java.util.List;

/** Tries whether the source can be read: connect, look at the catalog, find something to read; then the log, if it is read. */
final class SourceCheck {
    private final MyConnections connections;
    private final SourceSettings settings;

    SourceCheck(MyConnections connections, SourceSettings settings) {
        this.connections = connections;
        this.settings = settings;
    }

    CheckReport run() {
        return ConnectionCheck.run(connections, "read the catalog", session -> {
            List<Step> steps = new ArrayList<>(List.of(catalog(session)));
            if (settings.log().isPresent()) {
                steps.addAll(new LogCheck(connections).run(session));
            } else {
                steps.add(transactions(session));
            }
            return steps;
        });
    }

    private Step catalog(MySession session) {
        int found =
                new Discovery(session, settings).run(new DiscoverScope.All()).size();
        if (found == 0) {
            return Step.failed(
                    "read the catalog",
                    KnownRelations.nothingReadable(settings.databases(), connections.place())
                            .fix("GRANT SELECT ON the tables, or check the option database"));
        }
        return Step.ok("read the catalog", found + " tables and views");
    }

    private static Step transactions(MySession session) {
        return Step.ok(
                "see open transactions",
                OpenTransactions.now(session).visible()
                        ? null
                        : "not permitted; incremental reads then look back an hour further: GRANT PROCESS ON *.*");
    }
}
