package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.BenchTable;
import dev.sluice.bench.lab.Contestant;
import dev.sluice.bench.lab.Databases;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Series;
import java.nio.file.Path;
import java.util.List;

/** A full refresh of a table from PostgreSQL to DuckDB, beside PostgreSQL's binary COPY to nowhere. */
final class PostgresToDuckDb implements Scenario {
    private static final double LIMIT = 1.5;

    @Override
    public String name() {
        return "postgres-duckdb";
    }

    @Override
    public String about() {
        return "Full refresh of the table orders from PostgreSQL to a new DuckDB file, beside `COPY (FORMAT binary)` to"
                + " nowhere, which writes nothing.";
    }

    @Override
    public Outcome run(Lab lab) {
        long rows = lab.settings().rows();
        lab.fill(BenchTable.ORDERS, rows);
        Databases databases = lab.databases();
        Path file = lab.work().resolve("bench.duckdb");
        List<Series> series = lab.compare(
                Contestant.shell(
                        "binary COPY to nowhere",
                        "psql -Xq -c 'COPY orders TO STDOUT (FORMAT binary)' > /dev/null",
                        () -> {},
                        () -> {}),
                lab.sluice(
                        List.of(
                                "run",
                                "--from",
                                Databases.uri(databases.source()),
                                "--to",
                                "duckdb://" + file,
                                "--streams",
                                "public.orders",
                                "--mode",
                                "full_refresh_overwrite"),
                        "sluice run --from postgres://… --to duckdb:///bench.duckdb --streams public.orders --mode"
                                + " full_refresh_overwrite",
                        () -> deleteDatabase(file),
                        () -> Checks.duckDbRows(file, "orders", rows)));
        return new Outcome(
                series,
                List.of(Criterion.ratio(
                        "wall time against binary COPY to nowhere", series.get(1), series.get(0), LIMIT)),
                List.of(rows + " rows; " + databases.version()));
    }

    static void deleteDatabase(Path file) {
        Lab.delete(file);
        Lab.delete(Path.of(file + ".wal"));
    }
}
