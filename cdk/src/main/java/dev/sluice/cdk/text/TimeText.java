package dev.sluice.cdk.text;

/** Dates, times and timestamps as text in ISO 8601. */
public final class TimeText {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private TimeText() {}

    /** Adds a date, such as {@code 2026-11-21}, {@code -0043-03-15}, {@code +12026-01-01} or {@code infinity}. */
    public static void appendDate(ByteSink out, int days) {
        switch (days) {
            case Integer.MAX_VALUE -> out.put("infinity");
            case Integer.MIN_VALUE -> out.put("-infinity");
            default -> appendDay(out, days);
        }
    }

    /** Adds a time of day, such as {@code 14:05:00.25} or {@code 24:00:00}. */
    public static void appendTime(ByteSink out, long nanos) {
        long seconds = nanos / NANOS_PER_SECOND;
        int fraction = (int) (nanos - seconds * NANOS_PER_SECOND);
        int minutes = (int) (seconds / 60);
        byte[] bytes = out.reserve(8);
        int at = out.size();
        putPair(bytes, at, minutes / 60);
        bytes[at + 2] = ':';
        putPair(bytes, at + 3, minutes % 60);
        bytes[at + 5] = ':';
        putPair(bytes, at + 6, (int) (seconds % 60));
        out.advance(8);
        if (fraction != 0) {
            appendFraction(out, fraction);
        }
    }

    /** Adds a time of day with its offset, such as {@code 14:05:00+05:45} or {@code 08:20:00Z}. */
    public static void appendZonedTime(ByteSink out, long nanos, int offsetSeconds) {
        appendTime(out, nanos);
        if (offsetSeconds == 0) {
            out.put('Z');
            return;
        }
        int magnitude = Math.abs(offsetSeconds);
        byte[] bytes = out.reserve(9);
        int at = out.size();
        bytes[at] = (byte) (offsetSeconds < 0 ? '-' : '+');
        putPair(bytes, at + 1, magnitude / 3600);
        bytes[at + 3] = ':';
        putPair(bytes, at + 4, magnitude / 60 % 60);
        out.advance(6);
        if (magnitude % 60 != 0) {
            bytes[at + 6] = ':';
            putPair(bytes, at + 7, magnitude % 60);
            out.advance(3);
        }
    }

    /**
     * Adds a timestamp, such as {@code 2026-11-21T08:20:00.5Z}.
     *
     * @param micros the microseconds since 1970-01-01T00:00
     * @param nanosWithin the nanoseconds within the microsecond, 0 to 999
     * @param zoned true if it is a point in time, which ends in {@code Z}
     */
    public static void appendTimestamp(ByteSink out, long micros, int nanosWithin, boolean zoned) {
        if (micros == Long.MAX_VALUE) {
            out.put("infinity");
            return;
        }
        if (micros == Long.MIN_VALUE) {
            out.put("-infinity");
            return;
        }
        long day = Math.floorDiv(micros, MICROS_PER_DAY);
        appendDay(out, day);
        out.put('T');
        appendTime(out, (micros - day * MICROS_PER_DAY) * 1000 + nanosWithin);
        if (zoned) {
            out.put('Z');
        }
    }

    static boolean isTimeOfDay(long nanos) {
        return nanos >= 0 && nanos <= NANOS_PER_DAY;
    }

    private static void appendDay(ByteSink out, long days) {
        long date = Calendar.date(days);
        long year = Calendar.year(date);
        if (year < 0) {
            out.put('-');
        } else if (year > 9999) {
            out.put('+');
        }
        NumberText.appendPadded(out, Math.abs(year), 4);
        byte[] bytes = out.reserve(6);
        int at = out.size();
        bytes[at] = '-';
        putPair(bytes, at + 1, Calendar.month(date));
        bytes[at + 3] = '-';
        putPair(bytes, at + 4, Calendar.day(date));
        out.advance(6);
    }

    private static void appendFraction(ByteSink out, int nanos) {
        int rest = nanos;
        int places = 9;
        while (rest % 1000 == 0) {
            rest /= 1000;
            places -= 3;
        }
        while (rest % 10 == 0) {
            rest /= 10;
            places--;
        }
        out.put('.');
        NumberText.appendPadded(out, rest, places);
    }

    private static void putPair(byte[] bytes, int at, int value) {
        bytes[at] = (byte) ('0' + value / 10);
        bytes[at + 1] = (byte) ('0' + value % 10);
    }
}
