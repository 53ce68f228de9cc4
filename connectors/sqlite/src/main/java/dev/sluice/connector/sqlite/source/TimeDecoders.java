package dev.sluice.connector.sqlite.source;

import dev.sluice.cdk.text.TimeParser;
import dev.sluice.spi.type.DataType.TimeType;
import dev.sluice.spi.type.DataType.TimestampType;
import dev.sluice.spi.type.Layout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times in the three forms that SQLite's own functions know: texts in ISO 8601, whole numbers since 1970, and days
 * with a fraction since noon in Greenwich on the day 0 of the Julian calendar. As there, an offset is brought to UTC. For one
 * thread.
 */
final class TimeDecoders {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;
    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final long FIRST_SECOND = -62_167_219_200L;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final double EPOCH_JULIAN = 2_440_587.5;
    private static final double LAST_JULIAN = 5_373_484.5;
    private static final String MIDNIGHT = "T00:00:00";
    private static final int DATE_LENGTH = 10;

    private final TimeParser parser = new TimeParser();
    private final boolean milliseconds;

    TimeDecoders(boolean milliseconds) {
        this.milliseconds = milliseconds;
    }

    ValueDecoder dates() {
        return stored -> {
            if (stored instanceof String text) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                return parser.date(bytes, 0, bytes.length) ? (Object) (int) parser.value() : null;
            }
            Long micros = micros(stored);
            return micros != null && micros % MICROS_PER_DAY == 0 ? (Object) (int) (micros / MICROS_PER_DAY) : null;
        };
    }

    /** A number could be anything; a time of day is a text. */
    ValueDecoder times(TimeType type) {
        return stored -> {
            if (!(stored instanceof String text)) {
                return null;
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (type.zoned()) {
                return parser.zonedTime(bytes, 0, bytes.length, type.precision())
                        ? new long[] {parser.value(), parser.low()}
                        : null;
            }
            return parser.time(bytes, 0, bytes.length, type.precision()) ? (Object) parser.value() : null;
        };
    }

    ValueDecoder timestamps(TimestampType type) {
        boolean wide = type.layout() == Layout.WIDE;
        return stored -> {
            if (stored instanceof String text) {
                if (!parse(text.length() == DATE_LENGTH ? text + MIDNIGHT : text, type.precision())) {
                    return null;
                }
                return wide ? new long[] {parser.value(), parser.low()} : (Object) parser.value();
            }
            Long micros = micros(stored);
            return wide && micros != null ? new long[] {micros, 0} : micros;
        };
    }

    private boolean parse(String text, int precision) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parser.timestamp(bytes, 0, bytes.length, precision, false)
                || parser.timestamp(bytes, 0, bytes.length, precision, true);
    }

    /** The microseconds of a number; null if it means no time in the years 0 to 9999. */
    private @Nullable Long micros(Object stored) {
        if (stored instanceof Double days) {
            // SQLite counts milliseconds itself; what is finer in the fraction is noise.
            return days >= 0 && days < LAST_JULIAN
                    ? (Long) (Math.round((days - EPOCH_JULIAN) * MILLIS_PER_DAY) * 1000)
                    : null;
        }
        if (!(stored instanceof Number number)) {
            return null;
        }
        long count = number.longValue();
        long seconds = milliseconds ? Math.floorDiv(count, 1000L) : count;
        if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
            return null;
        }
        return milliseconds ? (Long) (count * 1000) : (Long) (count * MICROS_PER_SECOND);
    }
}
