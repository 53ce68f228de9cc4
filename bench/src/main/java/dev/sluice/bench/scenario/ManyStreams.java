package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Databases;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Series;
import java.util.List;

/** A hundred tables at the same time in the heap that the settings name. */
final class ManyStreams implements Scenario {
    private static final int STREAMS = 100;

    @Override
    public String name() {
        return "streams-100";
    }

    @Override
    public String about() {
        return "A hundred tables like orders from PostgreSQL to PostgreSQL, all at the same time.";
    }

    @Override
    public Outcome run(Lab lab) {
        long rows = Math.max(1, lab.settings().rows() / STREAMS);
        Databases databases = lab.databases();
        lab.say("making " + STREAMS + " tables of " + rows + " rows");
        databases.fillMany("many", STREAMS, rows);
        List<Series> series = lab.compare(lab.sluice(
                List.of(
                        "run",
                        "--from",
                        Databases.uri(databases.source()),
                        "--to",
                        Databases.uri(databases.destination()),
                        "--streams",
                        "many.*",
                        "--namespace",
                        "source",
                        "--mode",
                        "full_refresh_overwrite",
                        "--parallel",
                        Integer.toString(STREAMS)),
                "sluice run --from postgres://… --to postgres://… --streams 'many.*' --namespace source --mode"
                        + " full_refresh_overwrite --parallel " + STREAMS,
                databases::emptyDestination,
                () -> Checks.number("rows of all tables", databases.rowsOfMany("many", STREAMS), rows * STREAMS)));
        return new Outcome(
                series,
                List.of(Criterion.none(
                        "streams that failed with " + lab.settings().javaOptions(), 0)),
                List.of(STREAMS + " tables of " + rows + " rows; " + databases.version()));
    }
}
