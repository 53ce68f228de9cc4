package dev.sluice.cli.text;

import java.util.Locale;

/** Numbers for people. The same everywhere: no locale changes a point into a comma. */
public final class Units {
    private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB", "PB"};
    private static final double NANOS_PER_SECOND = 1e9;

    private Units() {}

    /** A whole number with a comma at each thousand. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number of things, such as {@code 1 row} or {@code 2,000 rows}. */
    public static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** A number of bytes in units of 1000. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < BYTES.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 || value >= 100
                ? String.format(Locale.ROOT, "%.0f %s", value, BYTES[unit])
                : String.format(Locale.ROOT, "%.1f %s", value, BYTES[unit]);
    }

    /** A duration with two significant parts. */
    public static String duration(long nanos) {
        double seconds = nanos / NANOS_PER_SECOND;
        if (seconds < 59.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 3600) {
            return whole / 60 + " min " + whole % 60 + " s";
        }
        return whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }

    /** A number of things a second; blank while the time is too short to tell. */
    public static String rate(long things, long nanos) {
        return nanos < 1_000_000 ? "" : count(Math.round(things * NANOS_PER_SECOND / nanos)) + "/s";
    }

    /** A share in percent that shows 100 only when it is all. */
    public static String percent(long part, long whole) {
        if (whole <= 0) {
            return "";
        }
        long percent = part >= whole ? 100 : Math.min(99, part * 100 / whole);
        return percent + "%";
    }
}
