package dev.sluice.connector.sqlite.source;

import dev.sluice.cdk.sql.KnownRelations;
import dev.sluice.connector.sqlite.session.FileSession;
import dev.sluice.connector.sqlite.session.SqliteFile;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.DiscoverScope;
import java.util.List;

/** Tries whether the source can be read: open the file, look at the catalog, find something to read. */
final class SourceCheck {
    private static final String OPEN = "open the file";
    private static final String CATALOG = "read the catalog";

    private final SqliteFile file;
    private final SourceSettings settings;
    private final ConnectorContext context;

    SourceCheck(SqliteFile file, SourceSettings settings, ConnectorContext context) {
        this.file = file;
        this.settings = settings;
        this.context = context;
    }

    CheckReport run() {
        try (FileSession session = file.openForReading()) {
            Step open = Step.ok(OPEN, "SQLite " + version(session));
            return new CheckReport(List.of(open, catalog(session)));
        } catch (ProblemException failure) {
            return new CheckReport(List.of(Step.failed(OPEN, failure.problem())));
        }
    }

    private static String version(FileSession session) {
        return session.query("SELECT sqlite_version()").getFirst().requireText(0);
    }

    private Step catalog(FileSession session) {
        try {
            int found = new Discovery(session, settings, context)
                    .run(new DiscoverScope.All())
                    .size();
            return found > 0
                    ? Step.ok(CATALOG, found + " tables and views")
                    : Step.failed(
                            CATALOG,
                            KnownRelations.nothingReadable(
                                            List.of(), file.path().toString())
                                    .fix("check the path: the file has no table"));
        } catch (ProblemException failure) {
            return Step.failed(CATALOG, failure.problem());
        }
    }
}
