package dev.sluice.cdk.text;

import java.nio.charset.StandardCharsets;

/**
 * Reads dates, times and timestamps from ASCII text without an object per value.
 *
 * <p>Taken are ISO 8601 as {@link TimeText} writes it and PostgreSQL's form of the same: a blank in place of the {@code
 * T}, offsets without minutes, {@code BC} at the end, years of five digits without a plus, {@code infinity}. Month and day
 * have two digits, and a day has to exist. Leap seconds are refused, as no type holds them. Each method returns true if
 * the text is such a value, and then it stands in {@link #value()} and {@link #low()}. One thread uses a parser.
 */
public final class TimeParser {
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final long LAST_DAY = Long.MAX_VALUE / MICROS_PER_DAY;
    private static final int MAX_OFFSET_SECONDS = 18 * 3600;
    private static final int MAX_YEAR_DIGITS = 7;

    private static final byte[] INFINITY = "infinity".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] MINUS_INFINITY = "-infinity".getBytes(StandardCharsets.ISO_8859_1);

    private static final long[] NANOS_PER_UNIT = {
        1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1000, 100, 10, 1
    };

    private long value;
    private int low;

    /** What the parts that were read so far mean, while a text is being read. */
    private int at;

    private long day;
    private long secondOfDay;
    private int nanos;
    private int offset;

    /** The value of the last success: days, nanoseconds since midnight, or microseconds since 1970-01-01T00:00. */
    public long value() {
        return value;
    }

    /** The second half of the last value: the offset of a time in seconds, or the nanoseconds within a microsecond. */
    public int low() {
        return low;
    }

    /** Reads a date into days since 1970-01-01, with the infinities as the greatest and the smallest {@code int}. */
    public boolean date(byte[] text, int from, int to) {
        if (infinity(text, from, to, Integer.MAX_VALUE, Integer.MIN_VALUE)) {
            return true;
        }
        int end = endBeforeEra(text, from, to);
        if (!day(text, from, end, end != to) || at != end) {
            return false;
        }
        value = day;
        return day > Integer.MIN_VALUE && day < Integer.MAX_VALUE;
    }

    /**
     * Reads a time of day without a zone into nanoseconds since midnight.
     *
     * @param precision the most fractional digits of a second that are not zero, 0 to 9
     */
    public boolean time(byte[] text, int from, int to, int precision) {
        if (!clock(text, from, to) || at != to || !fits(precision)) {
            return false;
        }
        value = secondOfDay * 1_000_000_000L + nanos;
        return true;
    }

    /**
     * Reads a time of day with an offset: the local nanoseconds since midnight, and the offset in {@link #low()}.
     *
     * @param precision the most fractional digits of a second that are not zero, 0 to 9
     */
    public boolean zonedTime(byte[] text, int from, int to, int precision) {
        if (!clock(text, from, to) || !zone(text, to) || at != to || !fits(precision)) {
            return false;
        }
        value = secondOfDay * 1_000_000_000L + nanos;
        low = offset;
        return true;
    }

    /**
     * Reads a timestamp into microseconds, and the nanoseconds within them in {@link #low()}.
     *
     * @param precision the most fractional digits of a second that are not zero, 0 to 9
     * @param zoned true if the text has to have an offset, false if it must not have one
     */
    public boolean timestamp(byte[] text, int from, int to, int precision, boolean zoned) {
        if (infinity(text, from, to, Long.MAX_VALUE, Long.MIN_VALUE)) {
            return true;
        }
        int end = endBeforeEra(text, from, to);
        if (!day(text, from, end, end != to) || at >= end || (text[at] != ' ' && text[at] != 'T')) {
            return false;
        }
        if (!clock(text, at + 1, end) || (zoned && !zone(text, end)) || at != end || !fits(precision)) {
            return false;
        }
        if (Math.abs(day) > LAST_DAY + 1) {
            return false;
        }
        long seconds = secondOfDay - (zoned ? offset : 0);
        value = day * MICROS_PER_DAY + seconds * MICROS_PER_SECOND + nanos / 1000;
        low = nanos % 1000;
        // On the outermost days the sum may wrap, which changes its sign; the two extremes mean infinity.
        boolean wrapped = Math.abs(day) >= LAST_DAY - 1 && (value ^ day) < 0;
        return !wrapped && value != Long.MAX_VALUE && value != Long.MIN_VALUE;
    }

    private boolean infinity(byte[] text, int from, int to, long greatest, long smallest) {
        if (from >= to || (text[to - 1] != 'y')) {
            return false;
        }
        low = 0;
        if (NumberParser.equals(text, from, to, INFINITY)) {
            value = greatest;
            return true;
        }
        value = smallest;
        return NumberParser.equals(text, from, to, MINUS_INFINITY);
    }

    private static int endBeforeEra(byte[] text, int from, int to) {
        boolean beforeChrist = to - from > 3 && text[to - 1] == 'C' && text[to - 2] == 'B' && text[to - 3] == ' ';
        return beforeChrist ? to - 3 : to;
    }

    /** Reads a date and leaves {@link #at} behind it. */
    private boolean day(byte[] text, int from, int to, boolean beforeChrist) {
        boolean signed = from < to && (text[from] == '-' || text[from] == '+');
        int start = signed ? from + 1 : from;
        int yearEnd = start + 4;
        if (yearEnd < to && text[yearEnd] != '-') {
            yearEnd = NumberParser.skipDigits(text, start, to);
            if (yearEnd - start < 4 || yearEnd - start > MAX_YEAR_DIGITS || text[start] == '0') {
                return false;
            }
        }
        if (yearEnd + 6 > to || text[yearEnd] != '-' || text[yearEnd + 3] != '-') {
            return false;
        }
        long year = NumberParser.digits(text, start, yearEnd);
        int month = pair(text, yearEnd + 1);
        int dayOfMonth = pair(text, yearEnd + 4);
        if (year < 0 || (signed && beforeChrist)) {
            return false;
        }
        if (beforeChrist) {
            if (year == 0) {
                return false;
            }
            year = 1 - year;
        } else if (signed && text[from] == '-') {
            if (year == 0) {
                return false;
            }
            year = -year;
        }
        if (!Calendar.isValid(year, month, dayOfMonth)) {
            return false;
        }
        day = Calendar.days(year, month, dayOfMonth);
        at = yearEnd + 6;
        return true;
    }

    /** Reads hours, minutes and perhaps seconds with a fraction, and leaves {@link #at} behind them. */
    private boolean clock(byte[] text, int from, int to) {
        if (from + 5 > to || text[from + 2] != ':') {
            return false;
        }
        int hour = pair(text, from);
        int minute = pair(text, from + 3);
        int second = 0;
        nanos = 0;
        at = from + 5;
        if (at < to && text[at] == ':') {
            if (at + 3 > to) {
                return false;
            }
            second = pair(text, at + 1);
            at += 3;
            if (at < to && text[at] == '.' && !fraction(text, to)) {
                return false;
            }
        }
        // A part that is no number is -1, and so negative together with the others.
        if ((hour | minute | second) < 0 || hour > 24 || minute > 59 || second > 59) {
            return false;
        }
        secondOfDay = (hour * 60L + minute) * 60 + second;
        return hour < 24 || (minute | second | nanos) == 0;
    }

    private boolean fraction(byte[] text, int to) {
        int first = at + 1;
        int end = NumberParser.skipDigits(text, first, to);
        int digits = Math.min(9, end - first);
        for (int i = first + 9; i < end; i++) {
            if (text[i] != '0') {
                return false;
            }
        }
        nanos = (int) (NumberParser.digits(text, first, first + digits) * NANOS_PER_UNIT[digits]);
        at = end;
        return digits > 0;
    }

    /** Reads {@code Z} or an offset: {@code +hh}, {@code +hhmm}, {@code +hh:mm}, {@code +hh:mm:ss}. */
    private boolean zone(byte[] text, int to) {
        if (at >= to) {
            return false;
        }
        if (text[at] == 'Z') {
            offset = 0;
            at++;
            return true;
        }
        if ((text[at] != '+' && text[at] != '-') || at + 3 > to) {
            return false;
        }
        boolean negative = text[at] == '-';
        int hours = pair(text, at + 1);
        int minutes = 0;
        int seconds = 0;
        at += 3;
        if (at + 2 == to) {
            minutes = pair(text, at);
            at += 2;
        } else if (at + 3 <= to && text[at] == ':') {
            minutes = pair(text, at + 1);
            at += 3;
            if (at + 3 <= to && text[at] == ':') {
                seconds = pair(text, at + 1);
                at += 3;
            }
        }
        if ((hours | minutes | seconds) < 0 || minutes > 59 || seconds > 59) {
            return false;
        }
        int size = (hours * 60 + minutes) * 60 + seconds;
        offset = negative ? -size : size;
        return size <= MAX_OFFSET_SECONDS;
    }

    private boolean fits(int precision) {
        return nanos % NANOS_PER_UNIT[precision] == 0;
    }

    /** The number of two digits, or -1 if they are none. */
    private static int pair(byte[] text, int from) {
        int tens = text[from] - '0';
        int ones = text[from + 1] - '0';
        return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
    }
}
