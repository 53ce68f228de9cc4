package dev.sluice.dist.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Endpoints;
import dev.sluice.dist.product.Sluice;
import dev.sluice.testkit.postgres.PostgresDatabase;
import dev.sluice.testkit.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seventeen rows of a real table are spoiled in all ways: exactly these are found and mended, and nothing else is touched. */
class VerifyTest {
    private static final int ROWS = 5_000;
    private static final int SPOILED = 17;
    private static final Pattern NAMED =
            Pattern.compile("(missing|extra|different|doubled) +public\\.goods +id=(-?\\d+)");

    @TempDir
    Path folder;

    @Test
    void findsAndMendsExactlyTheRowsThatWereSpoiled() throws IOException {
        try (PostgresDatabase source = PostgresServer.shared().createDatabase();
                PostgresDatabase target = PostgresServer.shared().createDatabase()) {
            source.execute(
                    "CREATE TABLE goods (id int PRIMARY KEY, at timestamptz NOT NULL, name text, price numeric(9,2),"
                            + " ratio float8, tags jsonb, sold boolean)",
                    "INSERT INTO goods SELECT i, now() - i * interval '1 minute', 'good ' || i, i * 1.25, i / 7.0,"
                            + " jsonb_build_object('b', i, 'a', i * 0.5), i % 2 = 0 FROM generate_series(1, " + ROWS
                            + ") AS i");
            Files.writeString(
                    folder.resolve("sluice.yaml"),
                    "source: " + Endpoints.postgres(Endpoints.login(source)) + "\n"
                            + "destination: " + Endpoints.postgres(Endpoints.login(target)) + "\n"
                            + "streams: {public.goods: {mode: incremental_append_deduped, cursor: at}}\n");
            Sluice.in(folder).run("sync").expect(0);
            assertThat(Sluice.in(folder).run("verify").expect(0).out())
                    .contains("equal")
                    .contains("summed inside both databases");
            List<String> before = rows(target);
            Set<Integer> spoiled = spoil(target);
            source.execute("UPDATE goods SET name = 'later', at = now() WHERE id = " + free(spoiled));

            Sluice.Result found = Sluice.in(folder).run("verify").expect(4);
            Sluice.in(folder).run("verify", "--repair").expect(0);

            assertThat(NAMED.matcher(found.out()).results().map(match -> Integer.parseInt(match.group(2))))
                    .containsExactlyInAnyOrderElementsOf(spoiled);
            assertThat(rows(target)).isEqualTo(before);
            assertThat(target.number("SELECT count(DISTINCT _airbyte_meta->>'sync_id') FROM goods"))
                    .isEqualTo(2);
            assertThat(target.number("SELECT count(*) FROM goods WHERE (_airbyte_meta->>'sync_id')::int8 ="
                            + " (SELECT max((_airbyte_meta->>'sync_id')::int8) FROM goods)"))
                    .isEqualTo(SPOILED - 2);
        }
    }

    /** Spoils rows that a seed chooses, and tells the ids that should be named. */
    private static Set<Integer> spoil(PostgresDatabase target) {
        List<Integer> ids =
                new ArrayList<>(IntStream.rangeClosed(1, ROWS).boxed().toList());
        Collections.shuffle(ids, new Random(17));
        List<Integer> chosen = ids.subList(0, SPOILED - 2);
        String[] ways = {
            "UPDATE goods SET name = name || ' ' WHERE id = %d",
            "UPDATE goods SET price = NULL WHERE id = %d",
            "UPDATE goods SET price = price + 0.01, ratio = ratio * 2 WHERE id = %d",
            "UPDATE goods SET at = at + interval '9 days' WHERE id = %d",
            "UPDATE goods SET tags = '{\"b\": 0}', sold = NOT sold WHERE id = %d",
            "DELETE FROM goods WHERE id = %d",
            "INSERT INTO goods SELECT * FROM goods WHERE id = %d"
        };
        for (int i = 0; i < chosen.size(); i++) {
            target.execute(ways[i % ways.length].formatted(chosen.get(i)));
        }
        target.execute(
                "INSERT INTO goods (id, name, at) VALUES (-1, 'nobody knows', now())",
                "INSERT INTO goods (id, name, at) VALUES (-2, NULL, now())");
        Set<Integer> spoiled = new TreeSet<>(chosen);
        spoiled.addAll(List.of(-1, -2));
        return spoiled;
    }

    private static int free(Set<Integer> spoiled) {
        return IntStream.rangeClosed(1, ROWS)
                .filter(id -> !spoiled.contains(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> rows(PostgresDatabase target) {
        return target.query("SELECT id, at, name, price, ratio, tags, sold FROM goods ORDER BY id").stream()
                .map(List::toString)
                .toList();
    }
}
