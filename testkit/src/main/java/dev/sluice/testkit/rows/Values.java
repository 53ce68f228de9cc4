package dev.sluice.testkit.rows;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts plain Java values into columns: the inverse of {@link ValueText}, written apart from every connector so that it
 * can judge them.
 */
public final class Values {
    /** Stands for a value that a log did not resend. */
    public static final Object UNCHANGED = Unchanged.UNCHANGED;

    private enum Unchanged {
        UNCHANGED
    }

    private static final long NANOS_PER_DAY = 86_400_000_000_000L;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private Values() {}

    /**
     * Adds a value to a column.
     *
     * @param column the builder of a column of this type
     * @param type the type of its field
     * @param value null, {@link #UNCHANGED}, the canonical text of any type, or a {@link Boolean}, {@link Number}, {@code
     *     byte[]}, {@link UUID} or value of {@code java.time} that fits the type
     * @throws IllegalArgumentException if the type cannot hold exactly this value
     */
    public static void append(ColumnBuilder column, DataType type, @Nullable Object value) {
        if (value == null) {
            column.appendNull();
        } else if (value instanceof Unchanged) {
            column.appendUnchanged();
        } else {
            String text = text(value);
            try {
                appendText(column, type, text);
            } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException unfit) {
                throw new IllegalArgumentException(
                        type.notation() + " cannot hold " + text + ": " + unfit.getMessage(), unfit);
            }
        }
    }

    /** The canonical text of a value of this type; for example {@code 1.50} of 1.5 as decimal(5,2). */
    public static String canonical(DataType type, Object value) {
        ColumnBuilder builder = ColumnBuilder.of(type, 1);
        append(builder, type, value);
        Column column = builder.build();
        return ValueText.of(type, column, 0).orElseThrow();
    }

    private static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case BigDecimal decimal -> decimal.toPlainString();
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case UUID uuid -> uuid.toString();
            case LocalDate date -> date.format(DateTimeFormatter.ISO_LOCAL_DATE);
            case LocalTime time -> time.format(DateTimeFormatter.ISO_LOCAL_TIME);
            case OffsetTime time ->
                time.toLocalTime().format(DateTimeFormatter.ISO_LOCAL_TIME)
                        + time.getOffset().getId();
            case LocalDateTime local -> local.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
            case Instant instant ->
                LocalDateTime.ofInstant(instant, ZoneOffset.UTC).format(DateTimeFormatter.ISO_LOCAL_DATE_TIME) + "Z";
            case OffsetDateTime moment -> text(moment.toInstant());
            default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
        };
    }

    private static void appendText(ColumnBuilder column, DataType type, String text) {
        switch (type) {
            case DataType.BoolType ignored -> ((BoolColumn.Builder) column).append(truth(text));
            case DataType.IntType(int bits) -> appendInteger(column, bits, text);
            case DataType.DecimalType decimal -> appendDecimal(column, decimal, text);
            case DataType.FloatType(int bits) ->
                ((DoubleColumn.Builder) column).append(bits == 32 ? Float.parseFloat(text) : Double.parseDouble(text));
            case DataType.BinaryType ignored ->
                ((BytesColumn.Builder) column).append(HexFormat.of().parseHex(text));
            case DataType.UuidType ignored -> {
                UUID uuid = UUID.fromString(text);
                ((WideColumn.Builder) column).append(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
            }
            case DataType.DateType ignored -> ((IntColumn.Builder) column).append(days(text));
            case DataType.TimeType time -> appendTime(column, time, text);
            case DataType.TimestampType timestamp -> appendTimestamp(column, timestamp, text);
            case DataType.TextType ignored -> ((BytesColumn.Builder) column).append(utf8(text));
            case DataType.JsonType ignored -> ((BytesColumn.Builder) column).append(utf8(text));
            case DataType.ArrayType ignored -> ((BytesColumn.Builder) column).append(utf8(text));
            case DataType.ObjectType ignored -> ((BytesColumn.Builder) column).append(utf8(text));
            case DataType.UnknownType ignored -> ((BytesColumn.Builder) column).append(utf8(text));
        }
    }

    /** Half of a surrogate pair is no character; the usual encoding would quietly make it a question mark. */
    private static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException lone) {
            throw new IllegalArgumentException("it is not valid Unicode", lone);
        }
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("it is neither true nor false");
        };
    }

    private static void appendInteger(ColumnBuilder column, int bits, String text) {
        long number = new BigInteger(text).longValueExact();
        if (bits == 64) {
            ((LongColumn.Builder) column).append(number);
            return;
        }
        if (number >> (bits - 1) != number >> 63) {
            throw new IllegalArgumentException("it needs more than " + bits + " bits");
        }
        ((IntColumn.Builder) column).append((int) number);
    }

    private static void appendDecimal(ColumnBuilder column, DataType.DecimalType type, String text) {
        boolean special = text.equals("NaN") || text.endsWith("Infinity");
        switch (column) {
            case BytesColumn.Builder bytes ->
                bytes.append(special ? text : fitted(type, text).toPlainString());
            case LongColumn.Builder narrow ->
                narrow.append(
                        isNan(text)
                                ? DataType.DecimalType.NAN
                                : fitted(type, text).unscaledValue().longValueExact());
            case WideColumn.Builder wide -> {
                if (isNan(text)) {
                    wide.append(DataType.DecimalType.NAN, 0);
                } else {
                    BigInteger unscaled = fitted(type, text).unscaledValue();
                    wide.append(unscaled.shiftRight(64).longValueExact(), unscaled.longValue());
                }
            }
            default -> throw new IllegalArgumentException("the column does not have the layout of the type");
        }
    }

    private static boolean isNan(String text) {
        if (text.endsWith("Infinity")) {
            throw new IllegalArgumentException("a decimal of at most 38 digits has no infinity");
        }
        return text.equals("NaN");
    }

    private static BigDecimal fitted(DataType.DecimalType type, String text) {
        BigDecimal value = new BigDecimal(text);
        if (type.isUnconstrained()) {
            return value;
        }
        BigDecimal scaled = value.setScale(type.scale()); // throws rather than rounds
        if (scaled.signum() != 0 && scaled.precision() > type.precision()) {
            throw new IllegalArgumentException("it has " + scaled.precision() + " digits");
        }
        return scaled;
    }

    private static int days(String text) {
        return switch (text) {
            case "infinity" -> Integer.MAX_VALUE;
            case "-infinity" -> Integer.MIN_VALUE;
            default -> Math.toIntExact(LocalDate.parse(text).toEpochDay());
        };
    }

    private static void appendTime(ColumnBuilder column, DataType.TimeType type, String text) {
        if (!type.zoned()) {
            ((LongColumn.Builder) column).append(nanosOfDay(text, type.precision()));
            return;
        }
        int zone = Math.max(text.indexOf('Z'), Math.max(text.indexOf('+'), text.indexOf('-')));
        if (zone < 0) {
            throw new IllegalArgumentException("it has no offset");
        }
        ((WideColumn.Builder) column)
                .append(
                        nanosOfDay(text.substring(0, zone), type.precision()),
                        ZoneOffset.of(text.substring(zone)).getTotalSeconds());
    }

    private static long nanosOfDay(String text, int precision) {
        long nanos = text.startsWith("24:00:00")
                ? NANOS_PER_DAY
                : LocalTime.parse(text).toNanoOfDay();
        requireFraction(nanos, precision);
        return nanos;
    }

    private static void requireFraction(long nanos, int precision) {
        long unit = BigInteger.TEN.pow(9 - precision).longValueExact();
        if (nanos % unit != 0) {
            throw new IllegalArgumentException("it is finer than " + precision + " digits of a second");
        }
    }

    private static void appendTimestamp(ColumnBuilder column, DataType.TimestampType type, String text) {
        long micros;
        long nanosWithin = 0;
        switch (text) {
            case "infinity" -> micros = Long.MAX_VALUE;
            case "-infinity" -> micros = Long.MIN_VALUE;
            default -> {
                if (text.endsWith("Z") != type.zoned()) {
                    throw new IllegalArgumentException("a Z belongs to points in time, and only to those");
                }
                LocalDateTime local = LocalDateTime.parse(type.zoned() ? text.substring(0, text.length() - 1) : text);
                long nanos = local.toLocalTime().toNanoOfDay();
                requireFraction(nanos, type.precision());
                micros = Math.addExact(
                        Math.multiplyExact(local.toLocalDate().toEpochDay(), MICROS_PER_DAY), nanos / 1000);
                nanosWithin = nanos % 1000;
            }
        }
        if (type.precision() > 6) {
            ((WideColumn.Builder) column).append(micros, nanosWithin);
        } else {
            ((LongColumn.Builder) column).append(micros);
        }
    }
}
