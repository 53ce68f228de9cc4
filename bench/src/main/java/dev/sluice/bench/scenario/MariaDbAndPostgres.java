package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Contestant;
import dev.sluice.bench.lab.Databases;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.lab.MariaDb;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Series;
import java.util.List;

/** A full refresh of orders between MariaDB and PostgreSQL, beside a pipe of the clients of both. */
final class MariaDbAndPostgres implements Scenario {
    private static final double LIMIT = 1.5;

    private final boolean fromMariaDb;

    /**
     * @param fromMariaDb true to PostgreSQL, false from it
     */
    MariaDbAndPostgres(boolean fromMariaDb) {
        this.fromMariaDb = fromMariaDb;
    }

    @Override
    public String name() {
        return fromMariaDb ? "mariadb-postgres" : "postgres-mariadb";
    }

    @Override
    public String about() {
        return "Full refresh of the table orders from "
                + (fromMariaDb ? "MariaDB to PostgreSQL" : "PostgreSQL to MariaDB")
                + ", all four columns of Airbyte written, beside a pipe of `mariadb` and `psql` that moves the bare"
                + " table.";
    }

    @Override
    public Outcome run(Lab lab) {
        long rows = lab.settings().rows();
        MariaDbPipes pipes = new MariaDbPipes(lab);
        pipes.fill(lab, rows);
        List<Series> series = fromMariaDb
                ? lab.compare(pipes.fromMariaDb(rows), toPostgres(lab, rows))
                : lab.compare(pipes.fromPostgres(rows), toMariaDb(lab, rows));
        return new Outcome(
                series,
                List.of(Criterion.ratio("wall time against the pipe", series.get(1), series.get(0), LIMIT)),
                List.of(
                        rows + " rows; " + lab.mariaDb().version() + " and "
                                + lab.databases().version() + ", both with durable commits",
                        "the source has a primary key, the targets have none"));
    }

    private static Contestant toPostgres(Lab lab, long rows) {
        MariaDb mariaDb = lab.mariaDb();
        Databases postgres = lab.databases();
        return lab.sluice(
                arguments(
                        MariaDb.uri(mariaDb.source()),
                        Databases.uri(postgres.destination()),
                        mariaDb.source().name() + "." + MariaDbPipes.ORDERS),
                "sluice run --from mariadb://… --to postgres://… --streams orders --mode full_refresh_overwrite",
                postgres::emptyDestination,
                () -> Checks.rows(postgres.destination(), "public." + MariaDbPipes.ORDERS, rows));
    }

    private static Contestant toMariaDb(Lab lab, long rows) {
        MariaDb mariaDb = lab.mariaDb();
        String target = mariaDb.destination().name() + "." + MariaDbPipes.ORDERS;
        return lab.sluice(
                arguments(
                        Databases.uri(lab.databases().source()),
                        MariaDb.uri(mariaDb.destination()),
                        "public." + MariaDbPipes.ORDERS),
                "sluice run --from postgres://… --to mariadb://… --streams orders --mode full_refresh_overwrite",
                mariaDb::emptyDestination,
                () -> Checks.number(target, mariaDb.destination().number("SELECT count(*) FROM " + target), rows));
    }

    private static List<String> arguments(String from, String to, String stream) {
        return List.of("run", "--from", from, "--to", to, "--streams", stream, "--mode", "full_refresh_overwrite");
    }
}
