package dev.sluice.connector.duckdb.source;

import dev.sluice.duckdb.DuckDb;
import dev.sluice.duckdb.DuckDbConnection;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.CheckReport;
import dev.sluice.spi.runtime.CheckReport.Step;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.DiscoverScope;
import java.util.ArrayList;
import java.util.List;

/** Tries whether the source can be read: open the file, look at the catalog, find something to read. */
final class SourceCheck {
    private final SourceSettings settings;
    private final ConnectorContext context;

    SourceCheck(SourceSettings settings, ConnectorContext context) {
        this.settings = settings;
        this.context = context;
    }

    CheckReport run() {
        List<Step> steps = new ArrayList<>();
        try (DuckDb database = DuckDb.open(settings.database());
                DuckDbConnection connection = database.connect()) {
            steps.add(Step.ok(
                    "open the file",
                    "DuckDB " + DuckDb.version() + " reads "
                            + settings.database().path()));
            steps.add(catalog(connection));
        } catch (ProblemException failure) {
            steps.add(Step.failed(steps.isEmpty() ? "open the file" : "read the catalog", failure.problem()));
        }
        return new CheckReport(steps);
    }

    private Step catalog(DuckDbConnection connection) {
        int found = new Discovery(connection, settings, context)
                .run(new DiscoverScope.All())
                .size();
        if (found > 0) {
            return Step.ok("read the catalog", found + " tables and views");
        }
        String where = settings.schemas().isEmpty() ? "the database" : String.join(", ", settings.schemas());
        return Step.failed(
                "read the catalog",
                Problem.of("E_NOTHING_READABLE", ProblemKind.CONFIG, "there is no table or view in " + where)
                        .at(String.valueOf(settings.database().path()))
                        .fix("check the path and the option schemas"));
    }
}
