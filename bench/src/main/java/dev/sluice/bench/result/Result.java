package dev.sluice.bench.result;

import java.util.List;

/**
 * What one scenario came to.
 *
 * @param scenario its name
 * @param about what it measures
 * @param command the command that measured it
 * @param date the day
 * @param machine where
 * @param series the programs that were compared, the baselines first
 * @param criteria what has to be reached
 * @param notes what a reader should know
 */
public record Result(
        String scenario,
        String about,
        String command,
        String date,
        Machine machine,
        List<Series> series,
        List<Criterion> criteria,
        List<String> notes) {
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
