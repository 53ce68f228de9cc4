package dev.sluice.bench.result;

import java.util.Arrays;

/** The few statistics that the reports use. */
public final class Statistics {
    private Statistics() {}

    /**
     * The median; of an even number of values the mean of the two in the middle.
     *
     * @throws IllegalArgumentException if there are no values
     */
    public static double median(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values have no median");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
