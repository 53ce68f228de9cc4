package dev.sluice.bench;

import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Machine;
import dev.sluice.bench.result.Result;
import dev.sluice.bench.result.Results;
import dev.sluice.bench.scenario.Outcome;
import dev.sluice.bench.scenario.Scenario;
import dev.sluice.bench.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Measures scenarios one after the other and keeps what came out. */
public final class Main {
    /** Where the bench lies. */
    private static final String HOME = "bench.home";

    private Main() {}

    /** Runs the scenarios that the arguments name; ends with 1 if one misses what it has to reach. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(Path.of(System.getProperty(HOME, ".")).toAbsolutePath().normalize(), out, arguments));
    }

    static int run(Path home, PrintStream out, String... arguments) throws IOException {
        if (List.of(arguments).equals(List.of("list"))) {
            Scenarios.all().forEach(scenario -> out.println(scenario.name() + ": " + scenario.about()));
            return 0;
        }
        BenchArguments wanted;
        try {
            wanted = BenchArguments.parse(home, arguments);
        } catch (IllegalArgumentException wrong) {
            out.println(wrong.getMessage());
            out.print(BenchArguments.USAGE);
            return 2;
        }
        boolean reached = true;
        for (Scenario scenario : wanted.scenarios()) {
            Result result = measure(scenario, wanted, out, "bench/run " + String.join(" ", arguments));
            result.criteria().stream().map(Criterion::words).forEach(out::println);
            new Results(wanted.results()).keep(result);
            reached &= result.reached();
        }
        return reached ? 0 : 1;
    }

    private static Result measure(Scenario scenario, BenchArguments wanted, PrintStream out, String command)
            throws IOException {
        out.println(scenario.name());
        Machine before = Machine.here();
        try (Lab lab = new Lab(wanted.settings(), out)) {
            lab.warmUp();
            Outcome outcome = scenario.run(lab);
            return new Result(
                    scenario.name(),
                    scenario.about(),
                    new Result.Occasion(command, LocalDate.now(ZoneOffset.UTC).toString(), before.atEnd()),
                    outcome.series(),
                    outcome.criteria(),
                    outcome.notes());
        }
    }
}
