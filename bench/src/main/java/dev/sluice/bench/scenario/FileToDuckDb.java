package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.DataFiles;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Measurement;
import dev.sluice.bench.result.Series;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A full copy of one file to DuckDB, beside DuckDB's own CREATE TABLE AS of the same file. */
final class FileToDuckDb implements Scenario {
    private static final double LIMIT = 1.5;

    private final String kind;
    private final Function<DataFiles, Path> file;
    private final String reader;

    private FileToDuckDb(String kind, Function<DataFiles, Path> file, String reader) {
        this.kind = kind;
        this.file = file;
        this.reader = reader;
    }

    static FileToDuckDb csv() {
        return new FileToDuckDb("csv", DataFiles::csv, "read_csv");
    }

    static FileToDuckDb parquet() {
        return new FileToDuckDb("parquet", DataFiles::parquet, "read_parquet");
    }

    @Override
    public String name() {
        return kind + "-duckdb";
    }

    @Override
    public String about() {
        return "A " + kind
                + " file of the table orders to a new DuckDB file, beside DuckDB's own `CREATE TABLE AS` of the"
                + " same file in a JVM of its own.";
    }

    @Override
    public Outcome run(Lab lab) {
        long rows = lab.settings().rows();
        Path from = file.apply(new DataFiles(lab));
        Path own = lab.work().resolve("own.duckdb");
        Path to = lab.work().resolve("bench.duckdb");
        List<Series> series = lab.compare(
                lab.duckDb(
                        "DuckDB",
                        own,
                        List.of("CREATE TABLE orders AS FROM " + reader + "('" + from + "')"),
                        () -> PostgresToDuckDb.deleteDatabase(own)),
                lab.sluice(
                        List.of("run", "--from", from.toString(), "--to", "duckdb://" + to, "--as", "orders"),
                        "sluice run --from orders." + kind + " --to duckdb:///bench.duckdb --as orders",
                        () -> PostgresToDuckDb.deleteDatabase(to),
                        () -> Checks.duckDbRows(to, "orders", rows)));
        return new Outcome(
                series,
                List.of(Criterion.ratio("wall time against DuckDB itself", series.get(1), series.get(0), LIMIT)),
                List.of(rows + " rows, " + from.toFile().length() / 1_000_000 + " MB", withoutStart(series)));
    }

    /** The stricter comparison: the whole program against DuckDB's statement alone. */
    static String withoutStart(List<Series> series) {
        double inner = series.get(0).median(Measurement::innerSeconds);
        return String.format(
                Locale.ROOT,
                "DuckDB's work without the start of its JVM took %.2f s; against that the program took %.2f x",
                inner,
                series.get(1).wall() / inner);
    }
}
