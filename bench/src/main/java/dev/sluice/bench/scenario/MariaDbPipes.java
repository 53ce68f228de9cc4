package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.BenchTable;
import dev.sluice.bench.lab.Contestant;
import dev.sluice.bench.lab.Databases;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.lab.MariaDb;
import java.util.List;

/** The best that can be put together by hand from the two clients, in both directions, for the table orders. */
final class MariaDbPipes {
    static final String ORDERS = "orders";
    static final String PIPED = "piped";

    /** What one client prints and the other reads agree on tabs, line ends and backslashes; these are where they don't. */
    private static final String FROM_POSTGRES = """
        SELECT id, customer_id, product_id, quantity, sku, price, tax, note, email, paid::int, ordered_on, \
        updated_at AT TIME ZONE 'UTC', attrs, uid FROM orders\
        """;

    private final Databases postgres;
    private final MariaDb mariaDb;

    MariaDbPipes(Lab lab) {
        this.postgres = lab.databases();
        this.mariaDb = lab.mariaDb();
    }

    /** Fills the table of MariaDB with the rows that the bench's PostgreSQL has, and gives it a key. */
    void fill(Lab lab, long rows) {
        lab.fill(BenchTable.ORDERS, rows);
        lab.say("copying them to MariaDB");
        String source = mariaDb.source().name();
        lab.measure(Contestant.shell(
                "fill",
                intoMariaDb(source, ORDERS),
                () -> mariaDb.source().execute(MariaDb.createOrders(source + "." + ORDERS)),
                () -> mariaDb.source().execute("ALTER TABLE " + source + "." + ORDERS + " ADD PRIMARY KEY (id)")));
        Checks.number(
                "orders in MariaDB", mariaDb.source().number("SELECT count(*) FROM " + source + "." + ORDERS), rows);
    }

    Contestant fromMariaDb(long rows) {
        String source = mariaDb.source().name();
        String target = postgres.destination().name();
        String query = "SELECT * FROM " + ORDERS;
        String copy = "COPY " + PIPED + " FROM STDIN (NULL 'NULL')";
        return new Contestant(
                "mariadb and psql",
                "mariadb --quick --batch -N -e '" + query + "' | psql -c \"" + copy + "\"",
                List.of(
                        "bash",
                        "-c",
                        "set -o pipefail; " + mariaDb.client() + " --quick --batch -N " + source + " -e '" + query
                                + "' | PGTZ=UTC psql -Xq -d " + target + " -c \"" + copy + "\""),
                () -> {
                    postgres.emptyDestination();
                    postgres.destination().execute(BenchTable.ORDERS.create(PIPED), "CHECKPOINT");
                },
                () -> Checks.rows(postgres.destination(), PIPED, rows));
    }

    Contestant fromPostgres(long rows) {
        String target = mariaDb.destination().name();
        return new Contestant(
                "psql and mariadb",
                "psql -c 'COPY (SELECT …, paid::int, …) TO STDOUT' | mariadb -e 'LOAD DATA LOCAL INFILE …'",
                List.of("bash", "-c", "set -o pipefail; " + intoMariaDb(target, PIPED)),
                () -> {
                    mariaDb.emptyDestination();
                    mariaDb.destination().execute(MariaDb.createOrders(target + "." + PIPED));
                },
                () -> Checks.number(
                        PIPED, mariaDb.destination().number("SELECT count(*) FROM " + target + "." + PIPED), rows));
    }

    private String intoMariaDb(String database, String table) {
        return "psql -Xq -c \"COPY (" + FROM_POSTGRES + ") TO STDOUT\" | " + mariaDb.client()
                + " --local-infile=1 " + database + " -e \"LOAD DATA LOCAL INFILE '/dev/stdin' INTO TABLE " + table
                + " CHARACTER SET utf8mb4\"";
    }
}
