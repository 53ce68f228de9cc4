package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.BenchTable;
import dev.sluice.bench.lab.Contestant;
import dev.sluice.bench.lab.Databases;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Series;
import java.nio.file.Path;
import java.util.List;

/**
 * A table of PostgreSQL to Parquet files, beside what psql and DuckDB do together: DuckDB's extension that reads
 * PostgreSQL has to be downloaded, so psql sends CSV through a named pipe that DuckDB reads. Both write one file with the
 * fourteen columns of the table and the compression that is usual for them, which is Snappy.
 */
final class PostgresToParquet implements Scenario {
    private static final double LIMIT = 1.5;

    @Override
    public String name() {
        return "postgres-parquet";
    }

    @Override
    public String about() {
        return "The table orders from PostgreSQL to Parquet files, beside psql's CSV piped into DuckDB's own COPY TO"
                + " Parquet.";
    }

    @Override
    public Outcome run(Lab lab) {
        long rows = lab.settings().rows();
        lab.fill(BenchTable.ORDERS, rows);
        Databases databases = lab.databases();
        Path own = lab.work().resolve("own.parquet");
        Path file = lab.work().resolve("orders.parquet");
        Path pipe = lab.work().resolve("pipe.csv");
        Contestant duckDb = lab.duckDb(
                "psql and DuckDB",
                Path.of(""),
                List.of("COPY (FROM read_csv('" + pipe + "', header = true, columns = " + COLUMNS + ")) TO '" + own
                        + "' (FORMAT parquet)"),
                () -> Lab.delete(own));
        List<Series> series = lab.compare(
                piped(duckDb, pipe, own, rows),
                lab.sluice(
                        List.of(
                                "run",
                                "--from",
                                Databases.uri(databases.source()),
                                "--to",
                                file.toString(),
                                "--streams",
                                "public.orders",
                                "--mode",
                                "full_refresh_overwrite"),
                        "sluice run --from postgres://… --to orders.parquet --streams public.orders --mode"
                                + " full_refresh_overwrite",
                        () -> Lab.delete(file),
                        () -> Checks.parquetRows(file.toString(), rows)));
        return new Outcome(
                series,
                List.of(Criterion.ratio("wall time against psql and DuckDB", series.get(1), series.get(0), LIMIT)),
                List.of(rows + " rows; " + databases.version(), FileToDuckDb.withoutStart(series)));
    }

    private static final String COLUMNS =
            "{id: 'BIGINT', customer_id: 'INTEGER', product_id: 'INTEGER', quantity: 'INTEGER', sku: 'VARCHAR', price:"
                    + " 'DECIMAL(12,2)', tax: 'DECIMAL(12,2)', note: 'VARCHAR', email: 'VARCHAR', paid: 'BOOLEAN',"
                    + " ordered_on: 'DATE', updated_at: 'TIMESTAMPTZ', attrs: 'JSON', uid: 'UUID'}";

    /** DuckDB at the end of a named pipe into which psql writes. */
    private static Contestant piped(Contestant duckDb, Path pipe, Path file, long rows) {
        String copy = "psql -Xq -c 'COPY orders TO STDOUT (FORMAT csv, HEADER)' > ";
        String own = String.join(
                " ", duckDb.command().stream().map(PostgresToParquet::quoted).toList());
        return new Contestant(
                duckDb.name(),
                "mkfifo pipe.csv; " + copy + "pipe.csv & " + duckDb.shown(),
                List.of("bash", "-c", "mkfifo " + pipe + "; " + copy + pipe + " & " + own + " && wait $!"),
                () -> {
                    Lab.delete(pipe);
                    duckDb.before().run();
                },
                () -> Checks.parquetRows(file.toString(), rows));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
