package dev.sluice.cdk.text;

/**
 * The proleptic Gregorian calendar in integer arithmetic: days since 1970-01-01 to and from year, month and day.
 *
 * <p>Years count from March, so that the leap day is the last day of a year, in eras of 400 years, which all have 146,097
 * days (the method of H. Hinnant, "chrono-compatible low-level date algorithms").
 */
final class Calendar {
    private static final int DAYS_PER_ERA = 146_097;
    private static final int EPOCH_SHIFT = 719_468;
    private static final byte[] MONTH_LENGTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Calendar() {}

    /** The days since 1970-01-01 of a valid date; the year is astronomical, so 0 is 1 BC. */
    static long days(long year, int month, int day) {
        long shifted = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(shifted, 400);
        long yearOfEra = shifted - era * 400;
        int monthFromMarch = month > 2 ? month - 3 : month + 9;
        long dayOfYear = (153L * monthFromMarch + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT;
    }

    /** True if there is such a day. */
    static boolean isValid(long year, int month, int day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        return day <= MONTH_LENGTHS[month - 1] || (day == 29 && month == 2 && isLeap(year));
    }

    /** The date of a day: year, month and day packed by {@link #year}, {@link #month} and {@link #day}. */
    static long date(long days) {
        long shifted = days + EPOCH_SHIFT;
        long era = Math.floorDiv(shifted, DAYS_PER_ERA);
        int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        return year << 16 | (long) month << 8 | day;
    }

    static long year(long date) {
        return date >> 16;
    }

    static int month(long date) {
        return (int) (date >>> 8) & 0xFF;
    }

    static int day(long date) {
        return (int) date & 0xFF;
    }

    private static boolean isLeap(long year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
