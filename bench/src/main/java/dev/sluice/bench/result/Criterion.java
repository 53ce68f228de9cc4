package dev.sluice.bench.result;

import java.util.Locale;

/**
 * One thing that has to be reached.
 *
 * @param what the figure, such as {@code "wall time against the binary pipe"}
 * @param measured what came out
 * @param limit the most that it may be
 * @param unit such as {@code x} or {@code s}
 */
public record Criterion(String what, double measured, double limit, String unit) {
    /** The median of the paired ratios of wall time. */
    public static Criterion ratio(String what, Series series, Series base, double limit) {
        return new Criterion(what, Statistics.median(series.pairedRatios(base)), limit, "x");
    }

    /** A figure that has to be exactly nought, such as a number of missing rows. */
    public static Criterion none(String what, long found) {
        return new Criterion(what, found, 0, "");
    }

    /** True if it is reached. */
    public boolean reached() {
        return measured <= limit;
    }

    /** The measured figure and its limit in one line. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%s: %.2f %s (at most %.2f) %s",
                what,
                measured,
                unit,
                limit,
                reached() ? "reached" : "MISSED");
    }
}
