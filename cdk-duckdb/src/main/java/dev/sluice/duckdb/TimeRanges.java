package dev.sluice.duckdb;

/**
 * The values that DuckDB's types of time have, and how they differ from ours.
 *
 * <p>From {@code datetime.hpp}, {@code timestamp.hpp} and {@code date.hpp} of DuckDB 2.0; a test holds each bound against
 * what DuckDB itself accepts.
 */
final class TimeRanges {
    /** Positive infinity is the same as ours; negative infinity is the greatest number negated, ours is the smallest. */
    static final int DATE_MINUS_INFINITY = -Integer.MAX_VALUE;

    static final long MINUS_INFINITY = -Long.MAX_VALUE;

    /** The first microsecond: midnight of 290309-12-22 BC. Earlier numbers exist and make DuckDB fail. */
    static final long FIRST_MICRO = -9_223_372_022_400_000_000L;

    static final long NANOS_PER_MICRO = 1000;

    /** The first nanosecond: 1677-09-21T00:12:43.145224194. */
    static final long FIRST_NANO = -Long.MAX_VALUE + 1;

    private static final long FIRST_NANO_MICROS = Math.floorDiv(FIRST_NANO, 1000L);
    private static final long LAST_NANO_MICROS = (Long.MAX_VALUE - 1) / 1000;

    /** The greatest offset of a time with a zone, in seconds: 15:59:59. */
    static final int MAX_OFFSET = 16 * 60 * 60 - 1;

    static final int OFFSET_BITS = 24;

    private TimeRanges() {}

    /** True if a date of ours has a place, the infinities included. */
    static boolean hasDate(int days) {
        return days != DATE_MINUS_INFINITY;
    }

    /** True if a timestamp of ours in microseconds has a place, the infinities included. */
    static boolean hasMicros(long micros) {
        return micros >= FIRST_MICRO || micros == Long.MIN_VALUE;
    }

    /** True if a timestamp of ours has a place among the nanoseconds, the infinities included. */
    static boolean hasNanos(long micros, long nanosWithin) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return true;
        }
        boolean reachesFirst = micros > FIRST_NANO_MICROS
                || (micros == FIRST_NANO_MICROS && nanosWithin >= Math.floorMod(FIRST_NANO, NANOS_PER_MICRO));
        boolean withinLast = micros < LAST_NANO_MICROS
                || (micros == LAST_NANO_MICROS && nanosWithin <= (Long.MAX_VALUE - 1) % NANOS_PER_MICRO);
        return reachesFirst && withinLast;
    }

    /** True if a time with this offset in seconds has a place. */
    static boolean hasOffset(long seconds) {
        return seconds >= -MAX_OFFSET && seconds <= MAX_OFFSET;
    }
}
