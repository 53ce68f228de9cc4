package dev.sluice.bench.result;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All runs of one program, in the order in which they were made.
 *
 * @param name what it is called in the report
 * @param command the command, as a person would type it
 * @param runs one or more
 */
public record Series(String name, String command, List<Measurement> runs) {
    public Series {
        runs = List.copyOf(runs);
    }

    /** The median of the wall time in seconds. */
    public double wall() {
        return median(Measurement::wallSeconds);
    }

    /** The median of the CPU time in seconds. */
    public double cpu() {
        return median(Measurement::cpuSeconds);
    }

    /** The median of some figure. */
    public double median(ToDoubleFunction<Measurement> figure) {
        return Statistics.median(runs.stream().mapToDouble(figure).toArray());
    }

    /**
     * The wall times of this series through those of another one, run by run: what was measured right after each other
     * had the same disturbances.
     */
    public double[] pairedRatios(Series base) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(runs.size(), base.runs.size()); i++) {
            ratios.add(runs.get(i).wallSeconds() / base.runs.get(i).wallSeconds());
        }
        return ratios.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
