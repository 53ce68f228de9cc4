package dev.sluice.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ratios are those of neighbours, limits are held to, and what was kept can be read again. */
final class ResultsTest {
    @TempDir
    private Path folder;

    @Test
    void mediansOfOddAndEvenNumbers() {
        assertThat(Statistics.median(3, 1, 2)).isEqualTo(2);
        assertThat(Statistics.median(4, 1, 3, 2)).isEqualTo(2.5);
        assertThatThrownBy(Statistics::median).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ratiosAreThoseOfNeighbouringRuns() {
        // Whatever slowed the second pair slowed both of its runs.
        Series base = series("base", 1, 10, 1);
        Series program = series("program", 1.1, 11, 1.1);
        assertThat(program.pairedRatios(base)).containsExactly(1.1, 1.1, 1.1);
        Criterion criterion = Criterion.ratio("wall", program, base, 1.15);
        assertThat(criterion.reached()).isTrue();
        assertThat(criterion.words()).isEqualTo("wall: 1.10 x (at most 1.15) reached");
        assertThat(Criterion.ratio("wall", program, base, 1.05).words()).endsWith("MISSED");
    }

    @Test
    void whatMustNotBeIsMissedByOne() {
        assertThat(Criterion.none("rows lost", 0).reached()).isTrue();
        assertThat(Criterion.none("rows lost", 1).reached()).isFalse();
    }

    @Test
    void keptResultsAreReadAgainAndReplaced() throws IOException {
        Results results = new Results(folder.resolve("results"));
        Result first = result("one", 1.2);
        results.keep(first);
        results.keep(result("two", 0.9));
        assertThat(results.all()).containsExactly(first, result("two", 0.9));
        Result again = result("one", 1.0);
        results.keep(again);
        assertThat(results.all()).containsExactly(again, result("two", 0.9));
        assertThat(again.reached()).isTrue();
        assertThat(first.reached()).isFalse();
    }

    @Test
    void thePageNamesEveryFigureAndHowItWasMeasured() throws IOException {
        Results results = new Results(folder);
        results.keep(result("one", 1.2));
        String page = Files.readString(folder.resolve("README.md"));
        assertThat(page)
                .contains("| one | wall | 1.20 x | 1.15 | **missed** |")
                .contains("bench/run one --rows 5")
                .contains("| program | 3 | 2.00 | 4.00 | 1.00 | 90 |")
                .contains("- program: `program --fast`")
                .contains("2 cores of a processor, 1024 MiB, Linux 6, Java 25; load average 0.5 before and 0.7 after");
    }

    @Test
    void theMachineIsDescribed() {
        Machine machine = Machine.here();
        assertThat(machine.cores()).isPositive();
        assertThat(machine.memoryMib()).isGreaterThan(100);
        assertThat(machine.system()).startsWith("Linux");
        assertThat(machine.atEnd().processor()).isEqualTo(machine.processor());
    }

    private static Series series(String name, double... walls) {
        List<Measurement> runs = java.util.Arrays.stream(walls)
                .mapToObj(wall -> new Measurement(wall, 2 * wall, wall, 1, 0, 90))
                .toList();
        return new Series(name, name + " --fast", runs);
    }

    private static Result result(String scenario, double ratio) {
        return new Result(
                scenario,
                "something",
                new Result.Occasion(
                        "bench/run " + scenario + " --rows 5",
                        "2026-01-31",
                        new Machine("a processor", 2, 1024, "Linux 6", "25", 0.5, 0.7)),
                List.of(series("program", 1, 2, 3)),
                List.of(new Criterion("wall", ratio, 1.15, "x")),
                List.of("a note"));
    }
}
