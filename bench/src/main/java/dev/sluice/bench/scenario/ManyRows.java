package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.BenchTable;
import dev.sluice.bench.lab.Databases;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Measurement;
import dev.sluice.bench.result.Series;
import java.util.List;

/** A hundred million narrow rows in the heap that the settings name: memory depends on no table's length. */
final class ManyRows implements Scenario {
    private static final int ROW_FACTOR = 20;

    /** A heap of 512 MiB and what a JVM has beside it: code, classes, stacks, direct buffers. */
    private static final double LIMIT_MIB = 1_024;

    @Override
    public String name() {
        return "rows-100m";
    }

    @Override
    public String about() {
        return "A hundred million narrow rows from PostgreSQL to PostgreSQL in a small heap.";
    }

    @Override
    public Outcome run(Lab lab) {
        long rows = ROW_FACTOR * lab.settings().rows();
        Databases databases = lab.databases();
        lab.say("making " + rows + " narrow rows");
        databases
                .source()
                .execute(
                        BenchTable.NARROW.create("many_rows"),
                        BenchTable.NARROW.fill("many_rows", 1, rows),
                        "VACUUM (FREEZE, ANALYZE) many_rows");
        List<Series> series = List.of(new Series(
                "sluice",
                "sluice run --from postgres://… --to postgres://… --streams public.many_rows --mode"
                        + " full_refresh_overwrite",
                List.of(lab.measure(lab.sluice(
                        List.of(
                                "run",
                                "--from",
                                Databases.uri(databases.source()),
                                "--to",
                                Databases.uri(databases.destination()),
                                "--streams",
                                "public.many_rows",
                                "--mode",
                                "full_refresh_overwrite"),
                        "",
                        databases::emptyDestination,
                        () -> Checks.rows(databases.destination(), "public.many_rows", rows))))));
        databases.emptyDestination();
        databases.source().execute("DROP TABLE many_rows", "CHECKPOINT");
        return new Outcome(
                series,
                List.of(new Criterion(
                        "memory of the process with " + lab.settings().javaOptions(),
                        series.getFirst().median(Measurement::peakMemoryMib),
                        LIMIT_MIB,
                        "MiB")),
                List.of(rows + " rows, once; " + databases.version()));
    }
}
