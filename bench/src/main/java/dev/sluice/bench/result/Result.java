package dev.sluice.bench.result;

import java.util.List;

/**
 * What one scenario came to.
 *
 * @param scenario its name
 * @param about what it measures
 * @param occasion by which command, when and where it was measured
 * @param series the programs that were compared, the baselines first
 * @param criteria what has to be reached
 * @param notes what a reader should know
 */
public record Result(
        String scenario,
        String about,
        Occasion occasion,
        List<Series> series,
        List<Criterion> criteria,
        List<String> notes) {
    /**
     * By which command, when and where something was measured.
     *
     * @param command the command that measured it
     * @param date the day
     * @param machine where
     */
    public record Occasion(String command, String date, Machine machine) {}

    public Result {
        series = List.copyOf(series);
        criteria = List.copyOf(criteria);
        notes = List.copyOf(notes);
    }

    /** True if everything is reached. */
    public boolean reached() {
        return criteria.stream().allMatch(Criterion::reached);
    }
}
