package dev.sluice.engine.value;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;

/** Reads values from their canonical text, as {@link dev.sluice.spi.data.ValueText} writes it. */
public final class TextValues {
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;
    private static final int LONGEST_NUMBER = 200_000;

    private TextValues() {}

    /**
     * Adds a row with the value of a text.
     *
     * @throws IllegalArgumentException if the text is no value of the type
     */
    public static void append(DataType type, String text, ColumnBuilder builder) {
        try {
            switch (type) {
                case DataType.BoolType ignored -> ((BoolColumn.Builder) builder).append(bool(text));
                case DataType.IntType(int bits) -> integer(bits, text, builder);
                case DecimalType decimal -> decimal(decimal, text, builder);
                case DataType.FloatType(int bits) ->
                    ((DoubleColumn.Builder) builder)
                            .append(bits == 32 ? Float.parseFloat(text) : Double.parseDouble(text));
                case DataType.BinaryType ignored ->
                    ((BytesColumn.Builder) builder).append(HexFormat.of().parseHex(text));
                case DataType.UuidType ignored -> {
                    UUID uuid = UUID.fromString(text);
                    ((WideColumn.Builder) builder)
                            .append(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
                }
                case DataType.DateType ignored -> ((IntColumn.Builder) builder).append(date(text));
                case DataType.TimeType time -> time(time, text, builder);
                case DataType.TimestampType timestamp -> timestamp(timestamp, text, builder);
                case DataType.TextType ignored -> ((BytesColumn.Builder) builder).append(text);
                case DataType.JsonType ignored -> ((BytesColumn.Builder) builder).append(text);
                case DataType.ArrayType ignored -> ((BytesColumn.Builder) builder).append(text);
                case DataType.ObjectType ignored -> ((BytesColumn.Builder) builder).append(text);
                case DataType.UnknownType ignored -> ((BytesColumn.Builder) builder).append(text);
            }
        } catch (DateTimeException | ArithmeticException noValue) {
            throw new IllegalArgumentException(noValue.getMessage(), noValue);
        }
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static void integer(int bits, String text, ColumnBuilder builder) {
        long value = Long.parseLong(text);
        if (bits == 64) {
            ((LongColumn.Builder) builder).append(value);
        } else if (value == value << (64 - bits) >> (64 - bits)) {
            ((IntColumn.Builder) builder).append((int) value);
        } else {
            throw new IllegalArgumentException("more than " + bits + " bits");
        }
    }

    private static void decimal(DecimalType type, String text, ColumnBuilder builder) {
        if (text.length() > LONGEST_NUMBER) {
            throw new IllegalArgumentException("too many digits");
        }
        boolean isNan = text.equals("NaN");
        switch (type.layout()) {
            case BYTES -> {
                if (!isNan && !text.equals("Infinity") && !text.equals("-Infinity")) {
                    requireDigits(type, new BigDecimal(text));
                }
                ((BytesColumn.Builder) builder).append(text);
            }
            case LONG ->
                ((LongColumn.Builder) builder)
                        .append(isNan ? DecimalType.NAN : unscaled(type, text).longValueExact());
            case WIDE -> {
                BigInteger unscaled = isNan ? BigInteger.ZERO : unscaled(type, text);
                ((WideColumn.Builder) builder)
                        .append(
                                isNan
                                        ? DecimalType.NAN
                                        : unscaled.shiftRight(64).longValueExact(),
                                unscaled.longValue());
            }
            case BOOL, INT, DOUBLE -> throw new IllegalStateException("no decimal has the layout " + type.layout());
        }
    }

    private static BigInteger unscaled(DecimalType type, String text) {
        return requireDigits(type, new BigDecimal(text)).unscaledValue();
    }

    private static BigDecimal requireDigits(DecimalType type, BigDecimal value) {
        if (type.isUnconstrained()) {
            return value;
        }
        if (value.precision() - (long) value.scale() > type.precision() - (long) type.scale() && value.signum() != 0) {
            throw new IllegalArgumentException("more digits than " + type.notation() + " has");
        }
        return value.setScale(type.scale(), RoundingMode.UNNECESSARY);
    }

    private static int date(String text) {
        return switch (text) {
            case "infinity" -> Integer.MAX_VALUE;
            case "-infinity" -> Integer.MIN_VALUE;
            default -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
        };
    }

    private static void time(DataType.TimeType type, String text, ColumnBuilder builder) {
        if (!type.zoned()) {
            ((LongColumn.Builder) builder).append(timeOfDay(text));
            return;
        }
        int offset = Math.max(text.lastIndexOf('+'), Math.max(text.lastIndexOf('-'), text.indexOf('Z')));
        if (offset < 0) {
            throw new IllegalArgumentException("there is no offset");
        }
        ((WideColumn.Builder) builder)
                .append(
                        timeOfDay(text.substring(0, offset)),
                        ZoneOffset.of(text.substring(offset)).getTotalSeconds());
    }

    private static long timeOfDay(String text) {
        return text.equals("24:00:00") ? NANOS_PER_DAY : LocalTime.parse(text).toNanoOfDay();
    }

    private static void timestamp(DataType.TimestampType type, String text, ColumnBuilder builder) {
        long micros;
        int nanosWithin = 0;
        switch (text) {
            case "infinity" -> micros = Long.MAX_VALUE;
            case "-infinity" -> micros = Long.MIN_VALUE;
            default -> {
                Instant instant = type.zoned()
                        ? OffsetDateTime.parse(text).toInstant()
                        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
                micros = Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000L);
                nanosWithin = instant.getNano() % 1000;
            }
        }
        if (builder instanceof WideColumn.Builder wide) {
            wide.append(micros, nanosWithin);
        } else if (nanosWithin == 0) {
            ((LongColumn.Builder) builder).append(micros);
        } else {
            throw new IllegalArgumentException("it is finer than a microsecond");
        }
    }
}
