package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.BenchTable;
import dev.sluice.bench.lab.Contestant;
import dev.sluice.bench.lab.Databases;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Measurement;
import dev.sluice.bench.result.Series;
import java.util.ArrayList;
import java.util.List;

/**
 * A full refresh of a table from one PostgreSQL database to another, beside two pipes of psql: a binary one of a table
 * that already holds Airbyte's columns, so that the same bytes are written, and a text one of the bare table.
 */
final class PostgresToPostgres implements Scenario {
    private static final double BINARY_LIMIT = 1.15;
    private static final double TEXT_LIMIT = 1.0;
    private static final double CPU_LIMIT_MICROS = 1.2;

    /** The same limit for machines of any speed: where it was set, both psql took 0.61 µs a row. */
    private static final double CPU_LIMIT_RATIO = CPU_LIMIT_MICROS / 0.61;

    private static final String PIPED = "piped";

    private final String name;
    private final BenchTable table;
    private final int rowFactor;

    /**
     * @param rowFactor how many times the bench's rows the table has
     */
    PostgresToPostgres(String name, BenchTable table, int rowFactor) {
        this.name = name;
        this.table = table;
        this.rowFactor = rowFactor;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String about() {
        return "Full refresh of the table " + table.table()
                + " from PostgreSQL to PostgreSQL, all four columns of Airbyte"
                + " written, beside `psql COPY | psql COPY`.";
    }

    @Override
    public Outcome run(Lab lab) {
        long rows = rowFactor * lab.settings().rows();
        lab.fill(table, rows);
        Databases databases = lab.databases();
        List<Series> series = lab.compare(
                pipe(databases, "psql binary pipe", table.tableWithMeta(), "binary", rows),
                pipe(databases, "psql text pipe", table.table(), "text", rows),
                sluice(lab, rows));
        Series binary = series.get(0);
        Series text = series.get(1);
        Series sluice = series.get(2);
        List<Criterion> criteria = new ArrayList<>();
        criteria.add(Criterion.ratio("wall time against the binary pipe", sluice, binary, BINARY_LIMIT));
        // Of a narrow table the four columns are most of the bytes, so that a pipe without them is no measure.
        if (table == BenchTable.ORDERS) {
            criteria.add(
                    Criterion.ratio("wall time against the text pipe of the bare table", sluice, text, TEXT_LIMIT));
            criteria.add(new Criterion(
                    "CPU of the threads that decode and encode, a row",
                    1e6 * sluice.median(Measurement::laneCpuSeconds) / rows,
                    CPU_LIMIT_MICROS,
                    "µs"));
            criteria.add(new Criterion(
                    "that CPU against the CPU of both psql of the binary pipe",
                    sluice.median(Measurement::laneCpuSeconds) / binary.cpu(),
                    CPU_LIMIT_RATIO,
                    "x"));
        }
        return new Outcome(
                series,
                criteria,
                List.of(
                        rows + " rows; " + databases.version() + " with fsync, source and destination in one server",
                        "the target of the pipes has the columns of the source and no key, as the program's has"));
    }

    private Contestant pipe(Databases databases, String title, String from, String format, long rows) {
        boolean withMeta = from.equals(table.tableWithMeta());
        String line = "psql -Xq -c 'COPY " + from + " TO STDOUT (FORMAT " + format + ")' | psql -Xq -d "
                + databases.destination().name() + " -c 'COPY " + PIPED + " FROM STDIN (FORMAT " + format + ")'";
        return Contestant.shell(
                title,
                line,
                () -> {
                    databases.emptyDestination();
                    databases
                            .destination()
                            .execute(withMeta ? table.createWithMeta(PIPED) : table.create(PIPED), "CHECKPOINT");
                },
                () -> Checks.rows(databases.destination(), PIPED, rows));
    }

    private Contestant sluice(Lab lab, long rows) {
        Databases databases = lab.databases();
        String target = "public." + table.table();
        return lab.sluice(
                List.of(
                        "run",
                        "--from",
                        Databases.uri(databases.source()),
                        "--to",
                        Databases.uri(databases.destination()),
                        "--streams",
                        target,
                        "--mode",
                        "full_refresh_overwrite"),
                "sluice run --from postgres://… --to postgres://… --streams " + target
                        + " --mode full_refresh_overwrite",
                databases::emptyDestination,
                () -> Checks.rows(databases.destination(), target, rows));
    }
}
