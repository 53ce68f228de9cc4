package dev.sluice.bench.scenario;

import dev.sluice.bench.result.Criterion;
import dev.sluice.bench.result.Series;
import java.util.List;

/**
 * What a scenario found.
 *
 * @param series the programs, the baselines first
 * @param criteria what has to be reached
 * @param notes what a reader should know
 */
public record Outcome(List<Series> series, List<Criterion> criteria, List<String> notes) {
    public Outcome {
        series = List.copyOf(series);
        criteria = List.copyOf(criteria);
        notes = List.copyOf(notes);
    }
}
