package dev.sluice.lowcode.time;

import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Moment;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates, times and spans of ISO 8601. */
public final class Iso {
    private static final Pattern DATE_TIME =
            Pattern.compile("(?<date>\\d{4}(?:-?W\\d{2}(?:-?\\d)?|-\\d{2}(?:-\\d{2})?|-\\d{3}|\\d{4}|\\d{3})?)"
                    + "(?:[T ](?<hour>\\d{2})(?::?(?<minute>\\d{2})(?::?(?<second>\\d{2})(?:[.,](?<fraction>\\d+))?)?)?"
                    + "(?<zone>Z|z|[+-]\\d{2}(?::?\\d{2})?)?)?");
    private static final Pattern SPAN = Pattern.compile("(?<sign>[+-])?P(?!$)(?:(?<y>[\\d.,]+)Y)?(?:(?<m>[\\d.,]+)M)?"
            + "(?:(?<w>[\\d.,]+)W)?(?:(?<d>[\\d.,]+)D)?"
            + "(?<t>T(?:(?<h>[\\d.,]+)H)?(?:(?<i>[\\d.,]+)M)?(?:(?<s>[\\d.,]+)S)?)?");

    private static final int SECONDS_END = 19;
    private static final int NO_OFFSET = Integer.MIN_VALUE;

    private Iso() {}

    /**
     * The moment that a text means; in UTC if it says nothing else.
     *
     * @throws Fault if the text is none
     */
    public static Moment moment(String text) {
        Matcher matcher = DATE_TIME.matcher(text);
        if (!matcher.matches()) {
            throw Fault.value("not a date and time of ISO 8601");
        }
        try {
            LocalDate date = date(matcher.group("date"));
            ZoneOffset zone = zone(matcher.group("zone"));
            boolean midnight = "24".equals(matcher.group("hour"));
            LocalTime time = LocalTime.of(
                    midnight ? 0 : number(matcher.group("hour")),
                    number(matcher.group("minute")),
                    number(matcher.group("second")),
                    nanos(matcher.group("fraction")));
            if (midnight && !time.equals(LocalTime.MIDNIGHT)) {
                throw Fault.value("an hour of 24 ends the day");
            }
            return new Moment(LocalDateTime.of(midnight ? date.plusDays(1) : date, time), zone);
        } catch (DateTimeException none) {
            throw Fault.value("there is no such date: " + none.getMessage());
        }
    }

    /**
     * The microseconds since 1970 of a time in the shape that nearly all services write, {@code 2024-03-05T06:07:08.123Z} with
     * or without fraction and zone. Empty if the text has another shape; then {@link #moment} may know it.
     *
     * @param zoned true if the zone counts; false if the time is wanted as it stands there
     */
    public static OptionalLong micros(String text, boolean zoned) {
        if (text.length() < SECONDS_END || !hasSeparators(text)) {
            return OptionalLong.empty();
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, SECONDS_END);
        boolean exists = year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth()
                && Math.min(hour, Math.min(minute, second)) >= 0
                && hour < 24
                && Math.max(minute, second) < 60;
        if (!exists) {
            return OptionalLong.empty();
        }
        int end = fractionEnd(text);
        int offset = offset(text, end);
        if (offset == NO_OFFSET) {
            return OptionalLong.empty();
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400 + hour * 3600L + minute * 60L + second;
        long fraction = end == SECONDS_END ? 0 : nanos(text.substring(SECONDS_END + 1, end)) / 1000;
        return OptionalLong.of((seconds - (zoned ? offset : 0)) * 1_000_000 + fraction);
    }

    private static boolean hasSeparators(String text) {
        char between = text.charAt(10);
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (between == 'T' || between == ' ')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static int fractionEnd(String text) {
        int end = SECONDS_END;
        if (end + 1 < text.length() && text.charAt(end) == '.') {
            int digit = end + 1;
            while (digit < text.length() && text.charAt(digit) >= '0' && text.charAt(digit) <= '9') {
                digit++;
            }
            end = digit == end + 1 ? end : digit;
        }
        return end;
    }

    /** The seconds that a zone at the end of a text is before UTC. */
    private static int offset(String text, int from) {
        int length = text.length() - from;
        if (length == 0 || (length == 1 && (text.charAt(from) == 'Z' || text.charAt(from) == 'z'))) {
            return 0;
        }
        char sign = text.charAt(from);
        boolean colon = length == 6 && text.charAt(from + 3) == ':';
        if ((sign != '+' && sign != '-') || !(colon || length == 5)) {
            return NO_OFFSET;
        }
        int hours = digits(text, from + 1, from + 3);
        int minutes = digits(text, text.length() - 2, text.length());
        boolean exists = hours >= 0 && hours < 18 && minutes >= 0 && minutes < 60;
        return exists ? (sign == '-' ? -60 : 60) * (hours * 60 + minutes) : NO_OFFSET;
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** Six digits of a fraction count. */
    private static int nanos(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt((digits + "000000").substring(0, 6)) * 1000;
    }

    private static ZoneOffset zone(@Nullable String text) {
        if (text == null || text.equalsIgnoreCase("Z")) {
            return ZoneOffset.UTC;
        }
        String digits = text.substring(1).replace(":", "");
        int minutes = Integer.parseInt(digits.substring(0, 2)) * 60
                + (digits.length() > 2 ? Integer.parseInt(digits.substring(2)) : 0);
        return ZoneOffset.ofTotalSeconds((text.charAt(0) == '-' ? -60 : 60) * minutes);
    }

    private static LocalDate date(String text) {
        String digits = text.replace("-", "");
        int year = Integer.parseInt(digits.substring(0, 4));
        if (digits.length() == 4) {
            return LocalDate.of(year, 1, 1);
        }
        if (digits.charAt(4) == 'W') {
            int week = Integer.parseInt(digits.substring(5, 7));
            int day = digits.length() > 7 ? digits.charAt(7) - '0' : 1;
            return LocalDate.of(year, 1, 4)
                    .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, week)
                    .with(WeekFields.ISO.dayOfWeek(), day);
        }
        String rest = digits.substring(4);
        return switch (rest.length()) {
            case 2 -> LocalDate.of(year, Integer.parseInt(rest), 1);
            case 3 -> LocalDate.ofYearDay(year, Integer.parseInt(rest));
            default -> LocalDate.of(year, Integer.parseInt(rest.substring(0, 2)), Integer.parseInt(rest.substring(2)));
        };
    }

    /**
     * The span that a text such as {@code P1M} or {@code PT0.5S} means.
     *
     * @throws Fault if the text is none
     */
    public static CalendarSpan span(String text) {
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) {
            throw Fault.value("not a duration of ISO 8601 such as P1D or PT1H: \"" + shortened(text) + "\"");
        }
        boolean minus = "-".equals(matcher.group("sign"));
        BigDecimal months =
                part(matcher.group("y")).multiply(BigDecimal.valueOf(12)).add(part(matcher.group("m")));
        BigDecimal seconds = part(matcher.group("w"))
                .multiply(BigDecimal.valueOf(7))
                .add(part(matcher.group("d")))
                .multiply(BigDecimal.valueOf(24))
                .add(part(matcher.group("h")))
                .multiply(BigDecimal.valueOf(60))
                .add(part(matcher.group("i")))
                .multiply(BigDecimal.valueOf(60))
                .add(part(matcher.group("s")));
        try {
            long wholeMonths = months.longValueExact();
            Duration rest = Duration.of(seconds.movePointRight(6).longValue(), ChronoUnit.MICROS);
            return minus ? new CalendarSpan(-wholeMonths, rest.negated()) : new CalendarSpan(wholeMonths, rest);
        } catch (ArithmeticException tooMuch) {
            throw Fault.value("a duration that is too long, or has a part of a month");
        }
    }

    private static BigDecimal part(@Nullable String digits) {
        if (digits == null) {
            return BigDecimal.ZERO;
        }
        if (digits.length() > 18) {
            throw Fault.value("a duration with too many digits");
        }
        try {
            return new BigDecimal(digits.replace(',', '.'));
        } catch (NumberFormatException none) {
            throw Fault.value("not a number in a duration");
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40).toLowerCase(Locale.ROOT) + "…" : text;
    }
}
