package dev.sluice.bench;

import dev.sluice.bench.lab.BenchSettings;
import dev.sluice.bench.scenario.Scenario;
import dev.sluice.bench.scenario.Scenarios;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was typed after {@code bench/run}.
 *
 * @param scenarios what to measure
 * @param settings how
 * @param results where the results go
 */
record BenchArguments(List<Scenario> scenarios, BenchSettings settings, Path results) {
    static final String USAGE = """
        Usage: bench/run NAME... [--rows N] [--runs N] [--program FILE] [--java-options TEXT] [--results DIR]
               bench/run all
               bench/run list
        """;

    private static final long ROWS = 5_000_000;
    private static final int RUNS = 5;
    private static final String JAVA_OPTIONS = "-Xmx512m";

    BenchArguments {
        scenarios = List.copyOf(scenarios);
    }

    /**
     * Reads the arguments.
     *
     * @param home the folder of the bench
     * @throws IllegalArgumentException if they make no sense; the message tells why
     */
    static BenchArguments parse(Path home, String... arguments) {
        List<Scenario> scenarios = new ArrayList<>();
        long rows = ROWS;
        int runs = RUNS;
        Path program = home.resolveSibling("sluice");
        String javaOptions = JAVA_OPTIONS;
        Path results = home.resolve("results");
        int i = 0;
        while (i < arguments.length) {
            String argument = arguments[i++];
            if (argument.equals("all")) {
                scenarios.addAll(Scenarios.all());
            } else if (!argument.startsWith("--")) {
                scenarios.add(Scenarios.named(argument)
                        .orElseThrow(() -> new IllegalArgumentException("there is no scenario " + argument)));
            } else {
                if (i == arguments.length) {
                    throw new IllegalArgumentException(argument + " needs a value");
                }
                String value = arguments[i++];
                switch (argument) {
                    case "--rows" -> rows = positive(argument, value);
                    case "--runs" -> runs = (int) positive(argument, value);
                    case "--program" -> program = Path.of(value).toAbsolutePath();
                    case "--java-options" -> javaOptions = value;
                    case "--results" -> results = Path.of(value).toAbsolutePath();
                    default -> throw new IllegalArgumentException("there is no option " + argument);
                }
            }
        }
        if (scenarios.isEmpty()) {
            throw new IllegalArgumentException("no scenario is named");
        }
        Path data = home.resolve("target").resolve("data");
        return new BenchArguments(scenarios, new BenchSettings(rows, runs, program, javaOptions, data), results);
    }

    private static long positive(String option, String value) {
        long number;
        try {
            number = Long.parseLong(value.replace("_", ""));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(option + " takes a number", notANumber);
        }
        if (number < 1 || number > 1_000_000_000) {
            throw new IllegalArgumentException(option + " takes a number from 1 to 1000000000");
        }
        return number;
    }
}
