package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Databases;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Series;
import java.nio.file.Path;
import java.util.List;

/** An incremental sync of a hundred tables in which nothing changed: what a sync costs that has nothing to do. */
final class UnchangedStreams implements Scenario {
    private static final int STREAMS = 100;
    private static final int ROWS = 1_000;
    private static final double LIMIT_SECONDS = 5;

    @Override
    public String name() {
        return "unchanged-100";
    }

    @Override
    public String about() {
        return "An incremental sync of a hundred tables from PostgreSQL to PostgreSQL in which nothing has changed"
                + " since.";
    }

    @Override
    public Outcome run(Lab lab) {
        Databases databases = lab.databases();
        lab.say("making " + STREAMS + " tables");
        databases.fillMany("calm", STREAMS, ROWS);
        databases.emptyDestination();
        Path state = lab.work().resolve("calm-state");
        List<String> arguments = List.of(
                "run",
                "--from",
                Databases.uri(databases.source()),
                "--to",
                Databases.uri(databases.destination()),
                "--streams",
                "calm.*",
                "--namespace",
                "source",
                "--mode",
                "incremental",
                "--cursor",
                "updated_at",
                "--state",
                state.toString());
        String shown = "sluice run --from postgres://… --to postgres://… --streams 'calm.*' --namespace source --mode"
                + " incremental --cursor updated_at";
        lab.say("the first sync");
        lab.measure(lab.sluice(arguments, shown, () -> {}, () -> {}));
        List<Series> series = lab.compare(lab.sluice(
                arguments,
                shown,
                () -> {},
                () -> Checks.number(
                        "rows of all tables", databases.rowsOfMany("calm", STREAMS), (long) STREAMS * ROWS)));
        return new Outcome(
                series,
                List.of(new Criterion(
                        "wall time of " + STREAMS + " unchanged streams",
                        series.getFirst().wall(),
                        LIMIT_SECONDS,
                        "s")),
                List.of(STREAMS + " tables of " + ROWS + " rows; " + databases.version()));
    }
}
