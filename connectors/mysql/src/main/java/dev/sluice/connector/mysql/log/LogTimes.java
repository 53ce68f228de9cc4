package dev.sluice.connector.mysql.log;

import dev.sluice.cdk.text.ByteSink;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Dates and times of the log as the texts that a query gives. The forms are those of MySQL's "Date and Time Data Type
 * Representation"; the older ones, which MariaDB may still write, have no fractions.
 */
final class LogTimes {
    private static final int MICRO_DIGITS = 6;
    private static final long TIME_ZERO = 0x80_0000L;
    private static final long DATETIME_ZERO = 0x80_0000_0000L;
    private static final int FRACTION_BITS = 24;

    private LogTimes() {}

    static void date(ByteSink out, byte[] bytes, int at) {
        long packed = little(bytes, at, 3);
        day(out, packed >> 9, (packed >> 5) & 15, packed & 31);
    }

    /** A point in time as the local time of UTC. */
    static void timestamp(ByteSink out, byte[] bytes, int at, int digits) {
        moment(out, big(bytes, at, 4), micros(bytes, at + 4, digits), digits);
    }

    static void oldTimestamp(ByteSink out, byte[] bytes, int at) {
        moment(out, little(bytes, at, 4), 0, 0);
    }

    private static void moment(ByteSink out, long seconds, long micros, int digits) {
        if (seconds == 0 && micros == 0) {
            day(out, 0, 0, 0);
            clock(out, 0, 0, 0);
        } else {
            LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
            day(out, time.getYear(), time.getMonthValue(), time.getDayOfMonth());
            clock(out, time.getHour(), time.getMinute(), time.getSecond());
        }
        fraction(out, micros, digits);
    }

    static void datetime(ByteSink out, byte[] bytes, int at, int digits) {
        packed(out, big(bytes, at, 5) - DATETIME_ZERO);
        fraction(out, micros(bytes, at + 5, digits), digits);
    }

    /** A date with a time without its fraction, as one number. */
    static void packed(ByteSink out, long packed) {
        long months = packed >> 22;
        day(out, months / 13, months % 13, (packed >> 17) & 31);
        clock(out, (packed >> 12) & 31, (packed >> 6) & 63, packed & 63);
    }

    static void oldDatetime(ByteSink out, byte[] bytes, int at) {
        long number = little(bytes, at, 8);
        long date = number / 1_000_000;
        long time = number % 1_000_000;
        day(out, date / 10_000, date / 100 % 100, date % 100);
        clock(out, time / 10_000, time / 100 % 100, time % 100);
    }

    /** A span of time. */
    static void time(ByteSink out, byte[] bytes, int at, int digits) {
        int fractionBytes = (digits + 1) / 2;
        long whole = big(bytes, at, 3 + fractionBytes) - (TIME_ZERO << (8 * fractionBytes));
        // Both parts together are one number below 0, so the fraction is scaled after the sign is taken away.
        long magnitude = Math.abs(whole);
        long fraction = magnitude & ((1L << (8 * fractionBytes)) - 1);
        span(out, whole < 0, magnitude >> (8 * fractionBytes), fraction * scale(fractionBytes));
        fraction(out, fraction * scale(fractionBytes), digits);
    }

    static void oldTime(ByteSink out, byte[] bytes, int at) {
        long number = little(bytes, at, 3) << 40 >> 40;
        long magnitude = Math.abs(number);
        span(out, number < 0, ((magnitude / 10_000) << 12) | ((magnitude / 100 % 100) << 6) | (magnitude % 100), 0);
    }

    private static void span(ByteSink out, boolean negative, long packed, long micros) {
        if (negative && (packed != 0 || micros != 0)) {
            out.put('-');
        }
        long hours = (packed >> 12) & 1023;
        padded(out, hours, hours > 99 ? 3 : 2);
        out.put(':');
        padded(out, (packed >> 6) & 63, 2);
        out.put(':');
        padded(out, packed & 63, 2);
    }

    /** A date, time or both inside of a JSON document. */
    static void json(ByteSink out, int type, byte[] bytes, int at) {
        long value = little(bytes, at, 8);
        long packed = type == ColumnWire.TIME ? Math.abs(value) : value;
        long whole = packed >> FRACTION_BITS;
        long micros = packed & (1L << FRACTION_BITS) - 1;
        switch (type) {
            case ColumnWire.DATE -> {
                long months = whole >> 22;
                day(out, months / 13, months % 13, (whole >> 17) & 31);
            }
            case ColumnWire.TIME -> {
                span(out, value < 0, whole, micros);
                fraction(out, micros, MICRO_DIGITS);
            }
            default -> {
                packed(out, whole);
                fraction(out, micros, MICRO_DIGITS);
            }
        }
    }

    private static long micros(byte[] bytes, int at, int digits) {
        int count = (digits + 1) / 2;
        return big(bytes, at, count) * scale(count);
    }

    private static long scale(int fractionBytes) {
        return switch (fractionBytes) {
            case 1 -> 10_000;
            case 2 -> 100;
            default -> 1;
        };
    }

    private static void day(ByteSink out, long year, long month, long day) {
        padded(out, year, 4);
        out.put('-');
        padded(out, month, 2);
        out.put('-');
        padded(out, day, 2);
    }

    private static void clock(ByteSink out, long hour, long minute, long second) {
        out.put(' ');
        padded(out, hour, 2);
        out.put(':');
        padded(out, minute, 2);
        out.put(':');
        padded(out, second, 2);
    }

    private static void fraction(ByteSink out, long micros, int digits) {
        if (digits > 0) {
            out.put('.');
            int size = out.size();
            padded(out, micros, MICRO_DIGITS);
            out.cutTo(size + digits);
        }
    }

    private static void padded(ByteSink out, long number, int digits) {
        byte[] room = out.reserve(digits);
        long rest = number;
        for (int i = out.size() + digits - 1; i >= out.size(); i--) {
            room[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        out.advance(digits);
    }

    static long little(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[at + i] & 0xFF);
        }
        return value;
    }

    static long big(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 8) | (bytes[at + i] & 0xFF);
        }
        return value;
    }
}
