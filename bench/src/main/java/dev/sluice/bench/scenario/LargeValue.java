package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Databases;
import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Series;
import java.util.List;

/** A row with a value of 200 MiB in the heap that the settings name, and one with a value beyond the limit. */
final class LargeValue implements Scenario {
    private static final int MD5_CHARACTERS = 32;
    private static final int ADMITTED_MIB = 200;
    private static final int REFUSED_MIB = 1000;

    @Override
    public String name() {
        return "large-value";
    }

    @Override
    public String about() {
        return "A row with a text of " + ADMITTED_MIB + " MiB from PostgreSQL to PostgreSQL, and one with "
                + REFUSED_MIB + " MiB, which has to arrive as null with a note.";
    }

    @Override
    public Outcome run(Lab lab) {
        Databases databases = lab.databases();
        lab.say("making the large values");
        databases
                .source()
                .execute(
                        "CREATE TABLE large (id integer, payload text)",
                        "INSERT INTO large VALUES (0, 'small')",
                        insert(1, ADMITTED_MIB),
                        insert(2, REFUSED_MIB));
        List<Series> series = lab.compare(lab.sluice(
                List.of(
                        "run",
                        "--from",
                        Databases.uri(databases.source()),
                        "--to",
                        Databases.uri(databases.destination()),
                        "--streams",
                        "public.large",
                        "--mode",
                        "full_refresh_overwrite"),
                "sluice run --from postgres://… --to postgres://… --streams public.large --mode full_refresh_overwrite",
                databases::emptyDestination,
                () -> Checks.rows(databases.destination(), "public.large", 3)));
        String sums = "SELECT string_agg(id || ' ' || coalesce(md5(payload), 'null'), ', ' ORDER BY id) FROM large";
        String expected = String.valueOf(databases
                .source()
                .value(sums.replace("coalesce(md5(payload)", "coalesce(md5(CASE WHEN id < 2 THEN payload END)")));
        boolean same = expected.equals(databases.destination().value(sums));
        long noted = databases
                .destination()
                .number("SELECT count(*) FROM large WHERE id = 2 AND _airbyte_meta->'changes'->0->>'change' ="
                        + " 'NULLED'");
        return new Outcome(
                series,
                List.of(
                        Criterion.none("values that arrived altered", same ? 0 : 1),
                        Criterion.none("refused values without a note", 1 - noted)),
                List.of(databases.version(), lab.settings().javaOptions()));
    }

    private static String insert(int id, int mebibytes) {
        long pieces = ((long) mebibytes << 20) / MD5_CHARACTERS;
        return "INSERT INTO large SELECT " + id + ", string_agg(md5(i::text), '') FROM generate_series(1, " + pieces
                + ") AS i";
    }
}
