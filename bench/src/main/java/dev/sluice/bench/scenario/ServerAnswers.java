package dev.sluice.bench.scenario;

import dev.sluice.bench.lab.Lab;
import dev.sluice.bench.lab.ServerUnderTest;
import dev.sluice.bench.result.Criterion;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * How long the answers of a server take, one client that asks one thing after the other.
 *
 * @param asked how many times each is asked
 * @param mostMillis what 95 of 100 answers may take
 */
record ServerAnswers(Lab lab, ServerUnderTest server, int asked, double mostMillis) {
    private static final int BEFORE = 20;

    /** Asks, first some times that do not count. */
    Criterion measured(String what, IntFunction<String> path) {
        double[] millis = new double[asked];
        for (int i = -BEFORE; i < asked; i++) {
            String wanted = path.apply(i);
            long begun = System.nanoTime();
            server.get(wanted);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
        }
        double found = percentile95(millis);
        lab.say(String.format(Locale.ROOT, "%s: %.1f ms", what, found));
        return new Criterion(what, found, mostMillis, "ms");
    }

    /** The value below which 95 of 100 lie. */
    static double percentile95(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * 0.95) - 1)];
    }
}
