package dev.sluice.cli.output;

import java.util.Optional;

/**
 * How fast something grows and when it will be done: an exponentially weighted mean with a time constant of 30 s, which
 * neither jumps with each commit nor hangs on to the past.
 */
final class RateMeter {
    private static final double TIME_CONSTANT_NANOS = 30e9;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long ENOUGH_NANOS = 20 * NANOS_PER_SECOND;
    private static final double UNCERTAINTY = 0.15;

    private long begunNanos = -1;
    private long lastNanos;
    private long lastCount;
    private double perNano;

    /** Learns how many there are now. */
    void sample(long nanos, long count) {
        if (begunNanos < 0) {
            begunNanos = nanos;
            lastNanos = nanos;
            lastCount = count;
            return;
        }
        long passed = nanos - lastNanos;
        if (passed <= 0) {
            return;
        }
        double now = (double) (count - lastCount) / passed;
        // The mean since the beginning until there is a time constant's worth of samples.
        double weight = Math.max(
                1 - Math.exp(-passed / TIME_CONSTANT_NANOS), (double) passed / Math.max(passed, nanos - begunNanos));
        perNano += weight * (now - perNano);
        lastNanos = nanos;
        lastCount = count;
    }

    /** How many there are a second, or 0 while nobody knows. */
    long perSecond() {
        return Math.round(perNano * NANOS_PER_SECOND);
    }

    /**
     * How long until there are this many, as a rounded range; empty while it would be a guess.
     *
     * @param total how many there will be; not above 0 if nobody knows
     */
    Optional<String> remaining(long total) {
        if (total <= 0 || begunNanos < 0 || lastNanos - begunNanos < ENOUGH_NANOS || perNano <= 0) {
            return Optional.empty();
        }
        if (lastCount >= total) {
            return Optional.of("longer than estimated");
        }
        double seconds = (total - lastCount) / (perNano * NANOS_PER_SECOND);
        return Optional.of(range(seconds * (1 - UNCERTAINTY), seconds * (1 + UNCERTAINTY)));
    }

    private static String range(double from, double to) {
        if (to < 90) {
            return between(Math.max(5, from), Math.max(5, to), 5, "s");
        }
        return to < 5400 ? between(from / 60, to / 60, 1, "min") : between(from / 3600, to / 3600, 1, "h");
    }

    private static String between(double from, double to, int step, String unit) {
        long low = Math.max(step, Math.round(from / step) * step);
        long high = Math.max(low, (long) Math.ceil(to / step) * step);
        return low == high ? "~" + low + " " + unit : low + "-" + high + " " + unit;
    }
}
