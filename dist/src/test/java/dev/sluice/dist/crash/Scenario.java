package dev.sluice.dist.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dist.product.Sluice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two runs of a connection, between which the source changes; each is killed at cut points, one after the other, and run again
 * until it ends.
 *
 * @param from where the rows are
 * @param to where they go
 * @param relay what is played there
 * @param folder where the project file and its state lie
 * @param number tells the scenarios of one database apart
 */
record Scenario(Place from, Place to, Relay relay, Path folder, int number) {
    private static final int ROWS = 3_000;

    private String sourceSchema() {
        return "s" + number;
    }

    private String targetSchema() {
        return targetSchema(number);
    }

    /** The schema that a scenario writes to. */
    static String targetSchema(int number) {
        return "d" + number;
    }

    /** Carries it out; returns how often each cut point was reached and the process killed. */
    Map<String, Integer> play() {
        prepare();
        Map<String, Integer> kills = new HashMap<>();
        List<String> first = rowsAtSource();
        runKilledAndAgain(relay.first(), null, first, kills);
        assertThat(rowsAtTarget()).as("after the first run").isEqualTo(first);
        if (relay.changes()) {
            change();
            List<String> second = rowsAtSource();
            runKilledAndAgain(relay.second(), first, second, kills);
            assertThat(rowsAtTarget()).as("after the second run").isEqualTo(mode().expected(first, second));
        }
        return kills;
    }

    private Mode mode() {
        return relay.mode();
    }

    private void runKilledAndAgain(
            List<String> cuts, @Nullable List<String> old, List<String> next, Map<String, Integer> kills) {
        Sluice sluice = Sluice.in(folder).withOption("-XX:TieredStopAtLevel=1");
        for (String cut : cuts) {
            Sluice.Result killed = sluice.cutAt(cut).run("sync");
            if (killed.code() == 0) {
                return; // this run does not pass the cut point, and is over
            }
            killed.expect(Sluice.KILLED);
            kills.merge(cut, 1, Integer::sum);
            if (mode().replaces()) {
                // I5: nobody ever sees a part.
                assertThat(to.rows(targetSchema()))
                        .as("the content after the kill at " + cut)
                        .satisfiesAnyOf(
                                rows -> assertThat(rows).isEqualTo(old),
                                rows -> assertThat(rows).isEqualTo(next));
            }
        }
        sluice.run("sync").expect(0);
    }

    private List<String> rowsAtSource() {
        return Objects.requireNonNull(from.rows(sourceSchema()));
    }

    private List<String> rowsAtTarget() {
        return Objects.requireNonNull(to.rows(targetSchema()), "there is no table");
    }

    private void prepare() {
        from.execute(
                "CREATE SCHEMA " + sourceSchema(),
                "CREATE TABLE " + items() + " (id int PRIMARY KEY, v text, pad text, updated_at timestamp)",
                "INSERT INTO " + items() + " SELECT i, 'value ' || i, repeat(md5(CAST(i AS varchar)), 36),"
                        + " timestamp '2026-01-01 00:00:00' + i * interval '1 second'"
                        + " FROM generate_series(1, " + ROWS + ") AS t(i)");
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("sluice.yaml"), """
                sources:
                  from: %s
                destinations:
                  to: %s
                connections:
                  copy:
                    source: from
                    destination: to
                    streams:
                      %s.items: %s
                """.formatted(
                    from.source(sourceSchema()), to.endpoint(targetSchema()), sourceSchema(), mode().settings()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void change() {
        from.execute(
                "UPDATE " + items() + " SET v = 'changed ' || id, updated_at = timestamp '2026-02-01 00:00:00'"
                        + " WHERE id % 6 = 0",
                "INSERT INTO " + items() + " SELECT i, 'new ' || i, 'x', timestamp '2026-02-01 00:00:00'"
                        + " FROM generate_series(" + (ROWS + 1) + ", " + (ROWS + 300) + ") AS t(i)");
    }

    private String items() {
        return sourceSchema() + ".items";
    }
}
