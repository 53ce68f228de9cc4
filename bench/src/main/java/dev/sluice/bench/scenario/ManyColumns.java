package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Series;
import java.nio.file.Path;
import java.util.List;

/** A table of five thousand columns, more than most databases admit, in the heap that the settings name. */
final class ManyColumns implements Scenario {
    private static final int COLUMNS = 5_000;

    /** The bench's rows are divided by this, as each row here is as wide as many of them. */
    private static final int ROW_DIVISOR = 250;

    @Override
    public String name() {
        return "columns-5000";
    }

    @Override
    public String about() {
        return "A CSV file of 5,000 columns to DuckDB in a small heap.";
    }

    @Override
    public Outcome run(Lab lab) {
        long rows = Math.max(1, lab.settings().rows() / ROW_DIVISOR);
        Path file = lab.work().resolve("wide.csv");
        Path to = lab.work().resolve("wide.duckdb");
        lab.say("making " + rows + " rows of " + COLUMNS + " columns");
        lab.measure(lab.duckDb(
                "fill",
                lab.work().resolve("fill.duckdb"),
                List.of("COPY (SELECT " + columns() + " FROM range(" + rows + ") AS t(i)) TO '" + file + "' (HEADER)"),
                () -> {}));
        List<Series> series = lab.compare(lab.sluice(
                List.of("run", "--from", file.toString(), "--to", "duckdb://" + to, "--as", "wide"),
                "sluice run --from wide.csv --to duckdb:///wide.duckdb --as wide",
                () -> PostgresToDuckDb.deleteDatabase(to),
                () -> Checks.duckDbRows(to, "wide", rows)));
        String sums = "(SELECT sum(hash(c0, c1, c2500, c4999)) FROM ";
        long altered = Checks.duckDbNumber(
                to.toString(),
                "SELECT CASE WHEN " + sums + "wide) = " + sums + "read_csv('" + file + "')) THEN 0 ELSE 1 END");
        return new Outcome(
                series,
                List.of(Criterion.none(
                        "columns that arrived altered with " + lab.settings().javaOptions(), altered)),
                List.of(rows + " rows, " + file.toFile().length() / 1_000_000 + " MB"));
    }

    private static String columns() {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < COLUMNS; i++) {
            columns.append(i == 0 ? "" : ", ")
                    .append(i % 2 == 0 ? "i * " + i : "'value ' || i")
                    .append(" AS c")
                    .append(i);
        }
        return columns.toString();
    }
}
