package dev.sluice.lowcode.time;

import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Moment;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The formats of Python's {@code strftime} and {@code strptime}. */
public final class PythonFormat {
    private PythonFormat() {}

    /** The text of a moment. */
    public static String print(Moment moment, String format) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(c);
                continue;
            }
            char directive = format.charAt(++i);
            if (directive == '-' && i + 1 < format.length()) {
                out.append(unpadded(directive(moment, format.charAt(++i))));
            } else {
                out.append(directive(moment, directive));
            }
        }
        return out.toString();
    }

    private static String unpadded(String text) {
        return text.length() > 1 ? text.replaceFirst("^0+(?=\\d)", "") : text;
    }

    private static String directive(Moment moment, char directive) {
        LocalDateTime at = moment.local();
        return switch (directive) {
            case 'Y' -> String.format("%04d", at.getYear());
            case 'm' -> two(at.getMonthValue());
            case 'd' -> two(at.getDayOfMonth());
            case 'e' -> String.format("%2d", at.getDayOfMonth());
            case 'H' -> two(at.getHour());
            case 'I' -> two((at.getHour() + 11) % 12 + 1);
            case 'M' -> two(at.getMinute());
            case 'S' -> two(at.getSecond());
            case 'f' -> String.format("%06d", moment.micros());
            case 's' -> Long.toString(moment.instant().getEpochSecond());
            case 'y' -> two(at.getYear() % 100);
            case 'j' -> String.format("%03d", at.getDayOfYear());
            case 'p' -> at.getHour() < 12 ? "AM" : "PM";
            case 'z' -> moment.offset() == null ? "" : offset(moment.offset());
            case 'Z' -> moment.offset() == null ? "" : zone(moment.offset());
            case 'T' -> print(moment, "%H:%M:%S");
            case 'F' -> print(moment, "%Y-%m-%d");
            case 'D', 'x' -> print(moment, "%m/%d/%y");
            case 'X' -> print(moment, "%H:%M:%S");
            case 'R' -> print(moment, "%H:%M");
            case 'c' -> print(moment, "%a %b %e %H:%M:%S %Y");
            case '%' -> "%";
            default -> word(at, directive);
        };
    }

    private static String word(LocalDateTime at, char directive) {
        return switch (directive) {
            case 'b', 'h' ->
                at.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
            case 'B' -> at.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'a' -> at.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> at.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'G' -> Integer.toString(at.get(IsoFields.WEEK_BASED_YEAR));
            case 'V' -> two(at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'u' -> Integer.toString(at.getDayOfWeek().getValue());
            case 'w' -> Integer.toString(at.getDayOfWeek().getValue() % 7);
            default -> "%" + directive;
        };
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static String offset(ZoneOffset offset) {
        int seconds = offset.getTotalSeconds();
        int size = Math.abs(seconds);
        return (seconds < 0 ? "-" : "+")
                + two(size / 3600)
                + two(size / 60 % 60)
                + (size % 60 == 0 ? "" : two(size % 60));
    }

    private static String zone(ZoneOffset offset) {
        return offset.getTotalSeconds() == 0 ? "UTC" : "UTC" + offset.getId();
    }

    /**
     * The moment that a text means.
     *
     * @throws Fault if the text is not of this format
     */
    public static Moment parse(String text, String format) {
        Reading reading = new Reading(text);
        reading.all(format);
        return reading.moment();
    }

    /** One text that is read. */
    private static final class Reading {
        private final String text;
        private int at;
        private int year = 1900;
        private int month = 1;
        private int day = 1;
        private int dayOfYear;
        private int hour;
        private @Nullable Boolean afternoon;
        private int minute;
        private int second;
        private int micros;
        private @Nullable ZoneOffset offset;
        private int isoYear;
        private int isoWeek;
        private int weekday;

        Reading(String text) {
            this.text = text;
        }

        void all(String format) {
            for (int i = 0; i < format.length(); i++) {
                char c = format.charAt(i);
                if (Character.isWhitespace(c)) {
                    blanks();
                } else if (c != '%' || i + 1 == format.length()) {
                    literal(c);
                } else {
                    char directive = format.charAt(++i);
                    read(directive == '-' && i + 1 < format.length() ? format.charAt(++i) : directive);
                }
            }
            if (at < text.length()) {
                throw misfit("there is more text than the format describes");
            }
        }

        private void blanks() {
            int start = at;
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == start) {
                throw misfit("a blank is missing");
            }
        }

        private void literal(char c) {
            if (at >= text.length() || Character.toLowerCase(text.charAt(at)) != Character.toLowerCase(c)) {
                throw misfit("a \"" + c + "\" is missing");
            }
            at++;
        }

        private void read(char directive) {
            switch (directive) {
                case 'Y' -> year = digits(4, 4);
                case 'm' -> month = digits(1, 2);
                case 'd', 'e' -> day = digits(1, 2);
                case 'H', 'I' -> hour = digits(1, 2);
                case 'M' -> minute = digits(1, 2);
                case 'S' -> second = Math.min(59, digits(1, 2));
                case 'f' -> fraction();
                case 'y' -> {
                    int two = digits(1, 2);
                    year = two < 69 ? 2000 + two : 1900 + two;
                }
                case 'j' -> dayOfYear = digits(1, 3);
                case 'p' -> afternoon = oneOf("AM", "PM") == 1;
                case 'z' -> offset = offset();
                case 'Z' -> {
                    oneOf("UTC", "GMT");
                    offset = ZoneOffset.UTC;
                }
                case 'b', 'h' -> month = 1 + months(3);
                case 'B' -> month = 1 + months(20);
                case 'a' -> weekdays(3);
                case 'A' -> weekdays(20);
                case 'G' -> isoYear = digits(4, 4);
                case 'V' -> isoWeek = digits(1, 2);
                case 'u' -> weekday = digits(1, 1);
                case 'T' -> all('H', ':', 'M', ':', 'S');
                case 'F' -> all('Y', '-', 'm', '-', 'd');
                case '%' -> literal('%');
                default -> throw Fault.value("the directive %" + directive + " cannot be read");
            }
        }

        private void all(char... parts) {
            for (char part : parts) {
                if (Character.isLetter(part)) {
                    read(part);
                } else {
                    literal(part);
                }
            }
        }

        private int digits(int least, int most) {
            int start = at;
            while (at < text.length() && at - start < most && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (at - start < least) {
                throw misfit("digits are missing");
            }
            return Integer.parseInt(text.substring(start, at));
        }

        private void fraction() {
            int start = at;
            int value = digits(1, 6);
            for (int i = at - start; i < 6; i++) {
                value *= 10;
            }
            micros = value;
        }

        private ZoneOffset offset() {
            if (at < text.length() && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
                at++;
                return ZoneOffset.UTC;
            }
            if (at >= text.length() || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
                throw misfit("an offset is missing");
            }
            int sign = text.charAt(at++) == '-' ? -1 : 1;
            int hours = digits(2, 2);
            skipColon();
            int minutes = digits(2, 2);
            int seconds = 0;
            if (at < text.length() && text.charAt(at) == ':') {
                at++;
                seconds = digits(2, 2);
            }
            return ZoneOffset.ofTotalSeconds(sign * (hours * 3600 + minutes * 60 + seconds));
        }

        private void skipColon() {
            if (at < text.length() && text.charAt(at) == ':') {
                at++;
            }
        }

        private int oneOf(String... words) {
            for (int i = 0; i < words.length; i++) {
                if (text.regionMatches(true, at, words[i], 0, words[i].length())) {
                    at += words[i].length();
                    return i;
                }
            }
            throw misfit("a word such as " + words[0] + " is missing");
        }

        private int months(int length) {
            String[] names = new String[12];
            for (int i = 0; i < 12; i++) {
                names[i] = cut(Month.of(i + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH), length);
            }
            return oneOf(names);
        }

        private int weekdays(int length) {
            String[] names = new String[7];
            for (int i = 0; i < 7; i++) {
                names[i] = cut(DayOfWeek.of(i + 1).getDisplayName(TextStyle.FULL, Locale.ENGLISH), length);
            }
            return oneOf(names);
        }

        private static String cut(String name, int length) {
            return name.length() > length ? name.substring(0, length) : name;
        }

        Moment moment() {
            try {
                LocalTime time = LocalTime.of(hourOfDay(), minute, second, micros * 1000);
                return new Moment(LocalDateTime.of(date(), time), offset);
            } catch (DateTimeException none) {
                throw Fault.value("there is no such date: " + none.getMessage());
            }
        }

        private int hourOfDay() {
            Boolean half = afternoon;
            return half == null ? hour : hour % 12 + (half ? 12 : 0);
        }

        private LocalDate date() {
            if (isoYear > 0 && isoWeek > 0) {
                return LocalDate.of(isoYear, 1, 4)
                        .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, isoWeek)
                        .with(ChronoField.DAY_OF_WEEK, weekday == 0 ? 1 : weekday);
            }
            return dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
        }

        private Fault misfit(String why) {
            return Fault.value("the text does not fit the format: " + why);
        }
    }
}
