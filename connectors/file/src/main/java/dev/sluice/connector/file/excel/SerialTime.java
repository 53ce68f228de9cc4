package dev.sluice.connector.file.excel;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.TimeText;

/**
 * Moments as workbooks hold them: the days since the beginning of 1900, or since 1904 began in those of old Macintoshes, and
 * the part of the day that has passed.
 *
 * <p>The first of them has a 29th of February 1900, which never was: days before it have other numbers than one would think.
 */
public final class SerialTime {
    /** The day of 1900-03-01, from which on all programs agree. */
    public static final int FIRST_SAFE_DAY = -25_508;

    /** The day of 9999-12-31. */
    public static final int LAST_DAY = 2_932_896;

    private static final int BEGIN_1900 = -25_569;
    private static final int BEGIN_1904 = -24_107;
    private static final long MICROS_A_DAY = 86_400_000_000L;
    private static final long MICROS_A_SECOND = 1_000_000;

    /** Up to here, which is in the year 2079, a double tells microseconds apart, and behind it milliseconds. */
    private static final double FINE = 65_536;

    private static final long NOISE = 2;

    private SerialTime() {}

    /** The number of a moment, in microseconds since 1970, in the system of 1900. */
    public static double ofMicros(long micros) {
        long days = Math.floorDiv(micros, MICROS_A_DAY) - BEGIN_1900;
        return days + Math.floorMod(micros, MICROS_A_DAY) / (double) MICROS_A_DAY;
    }

    /** The moment of a number in the system of 1900, in microseconds since 1970. */
    public static long micros(double serial) {
        return micros(serial, false);
    }

    private static long micros(double serial, boolean since1904) {
        double day = Math.floor(serial);
        long part = Math.abs(serial) < FINE ? fine(serial - day) : part(serial - day, 1000);
        // Before the day that never was, the days are numbered one higher.
        int begin = since1904 ? BEGIN_1904 : day < 60 ? BEGIN_1900 + 1 : BEGIN_1900;
        return ((long) day + begin) * MICROS_A_DAY + part;
    }

    /** Programs that write fewer digits than a double has miss a millisecond by little, and hardly one means that. */
    private static long fine(double ofDay) {
        long micros = part(ofDay, 1);
        long whole = part(ofDay, 1000);
        return Math.abs(micros - whole) <= NOISE ? whole : micros;
    }

    private static long part(double ofDay, long unit) {
        long units = MICROS_A_DAY / unit;
        return Math.round(ofDay * units) * unit;
    }

    /** Writes a number as what it stands for; false if it stands for nothing of that kind. */
    static boolean append(ByteSink out, double serial, NumberFormats.Kind kind, boolean since1904) {
        if (!(Math.abs(serial) < 3_000_000)) {
            return false;
        }
        boolean day = kind == NumberFormats.Kind.DATE || kind == NumberFormats.Kind.DATE_TIME;
        if ((serial < 0 && !since1904) || (day && !since1904 && Math.floor(serial) == 60)) {
            return false;
        }
        long micros = micros(serial, since1904);
        switch (kind) {
            case DATE -> TimeText.appendDate(out, (int) Math.floorDiv(micros, MICROS_A_DAY));
            case DATE_TIME -> TimeText.appendTimestamp(out, micros, 0, false);
            case TIME -> TimeText.appendTime(out, part(serial - Math.floor(serial), 1) % MICROS_A_DAY * 1000);
            case DURATION -> appendDuration(out, serial);
            case NUMBER -> {
                return false;
            }
        }
        return true;
    }

    private static void appendDuration(ByteSink out, double serial) {
        long micros = Math.round(Math.abs(serial) * MICROS_A_DAY);
        long seconds = micros / MICROS_A_SECOND;
        if (serial < 0) {
            out.put('-');
        }
        out.put(String.format("%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60));
        if (micros % MICROS_A_SECOND != 0) {
            out.put(String.format(".%06d", micros % MICROS_A_SECOND).replaceFirst("0+$", ""));
        }
    }
}
