package dev.sluice.lowcode.time;

import dev.sluice.lowcode.value.Fault;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.Numbers;
import dev.sluice.lowcode.value.Values;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** The formats of manifests: those of Python, seconds and milliseconds since 1970, and a short fraction. */
public final class TimeFormat {
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");

    private TimeFormat() {}

    /**
     * The moment that a value means; one without an offset is in UTC.
     *
     * @throws Fault if the value is not of this format
     */
    public static Moment parse(Object value, String format) {
        try {
            return switch (format) {
                case "%s" -> Moment.utc(Instant.ofEpochSecond(whole(value)));
                case "%s_as_float" -> Moment.utc(ofMicros(real(value) * 1e6));
                case "%epoch_microseconds" -> Moment.utc(Instant.EPOCH.plus(whole(value), ChronoUnit.MICROS));
                case "%ms" -> Moment.utc(Instant.ofEpochMilli(whole(value)));
                default -> parseText(Values.str(value), format).aware();
            };
        } catch (DateTimeException | ArithmeticException outOfRange) {
            throw Fault.value("there is no such point in time");
        }
    }

    private static Moment parseText(String text, String format) {
        return PythonFormat.parse(text, format.replace("%_ms", "%f"));
    }

    private static long whole(Object value) {
        if (value instanceof Double number) {
            return Numbers.big(Numbers.truncate(number)).longValueExact();
        }
        if (Numbers.isWhole(value)) {
            return Numbers.big(value).longValueExact();
        }
        String text = Values.str(value).strip();
        if (!WHOLE.matcher(text).matches()) {
            throw Fault.value("not a whole number");
        }
        return new BigInteger(text).longValueExact();
    }

    private static double real(Object value) {
        try {
            return value instanceof Number number
                    ? number.doubleValue()
                    : Double.parseDouble(Values.str(value).strip());
        } catch (NumberFormatException none) {
            throw Fault.value("not a number");
        }
    }

    private static Instant ofMicros(double micros) {
        return Instant.EPOCH.plus(Math.round(micros), ChronoUnit.MICROS);
    }

    /** The text of a moment; it keeps the offset that the moment has. */
    public static String print(Moment moment, String format) {
        Instant instant = moment.instant();
        return switch (format) {
            case "%s" -> Long.toString(instant.getEpochSecond());
            case "%s_as_float" -> Values.str(moment.seconds());
            case "%epoch_microseconds" -> Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
            case "%ms" -> Long.toString(instant.toEpochMilli());
            default -> {
                String millis = String.format("%03d", moment.micros() / 1000);
                yield PythonFormat.print(moment, format.replace("%_ms", millis));
            }
        };
    }
}
