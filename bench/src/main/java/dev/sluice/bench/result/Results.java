package dev.sluice.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The folder of results: a JSON file a scenario, and one page made of all of them. */
public final class Results {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();
    private static final String PAGE = "README.md";

    private final Path folder;

    /** The results in a folder, which is made when there are some. */
    public Results(Path folder) {
        this.folder = folder;
    }

    /** Keeps a result in the place of an older one of the same scenario, and writes the page anew. */
    public void keep(Result result) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(file(result.scenario()), PRETTY.writeValueAsString(result) + "\n");
        Files.writeString(folder.resolve(PAGE), page(all()));
    }

    /** All results, by name of the scenario. */
    public List<Result> all() throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        List<Result> results = new ArrayList<>();
        for (Path file : files) {
            results.add(MAPPER.readValue(Files.readString(file), Result.class));
        }
        return results;
    }

    private Path file(String scenario) {
        return folder.resolve(scenario + ".json");
    }

    /** The page of some results. */
    static String page(List<Result> results) {
        StringBuilder page = new StringBuilder();
        page.append("# Results of the bench\n\n");
        page.append("Written by `bench/run`; the figures are medians, the ratios medians of paired runs. ");
        page.append("Each JSON file beside this page has every run.\n\n");
        page.append("| scenario | what | measured | at most | |\n|---|---|---|---|---|\n");
        for (Result result : results) {
            for (Criterion criterion : result.criteria()) {
                page.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %.2f %s | %.2f | %s |%n",
                        result.scenario(),
                        criterion.what(),
                        criterion.measured(),
                        criterion.unit(),
                        criterion.limit(),
                        criterion.reached() ? "reached" : "**missed**"));
            }
        }
        results.forEach(result -> section(result, page));
        return page.toString();
    }

    private static void table(List<Series> all, StringBuilder page) {
        page.append(
                "| program | runs | wall s | CPU s | CPU of the server s | memory MiB |\n|---|---|---|---|---|---|\n");
        for (Series series : all) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.2f | %.2f | %.2f | %.0f |%n",
                    series.name(),
                    series.runs().size(),
                    series.wall(),
                    series.cpu(),
                    series.median(Measurement::serverCpuSeconds),
                    series.median(Measurement::peakMemoryMib)));
        }
        page.append("\n");
    }

    private static void section(Result result, StringBuilder page) {
        page.append("\n## ").append(result.scenario()).append("\n\n");
        page.append(result.about()).append("\n\n");
        page.append("    ").append(result.occasion().command()).append("\n\n");
        if (!result.series().isEmpty()) {
            table(result.series(), page);
        }
        result.series()
                .forEach(series -> page.append("- ")
                        .append(series.name())
                        .append(": `")
                        .append(series.command())
                        .append("`\n"));
        result.notes().forEach(note -> page.append("- ").append(note).append("\n"));
        page.append("- ").append(words(result)).append("\n");
    }

    private static String words(Result result) {
        Machine machine = result.occasion().machine();
        return String.format(
                Locale.ROOT,
                "%s; %d cores of %s, %d MiB, %s, Java %s; load average %.1f before and %.1f after",
                result.occasion().date(),
                machine.cores(),
                machine.processor(),
                machine.memoryMib(),
                machine.system(),
                machine.java(),
                machine.loadAtStart(),
                machine.loadAtEnd());
    }
}
