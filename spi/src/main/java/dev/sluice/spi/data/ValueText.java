package dev.sluice.spi.data;

import dev.sluice.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * The canonical text of a single value: ISO 8601 dates and times, plain decimals, {@code true} and {@code false}.
 *
 * <p>Two values of one type are equal exactly if their texts are equal. Written for previews, messages and tests; hot
 * loops have writers of their own that give the same text.
 */
public final class ValueText {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /** Years beyond four digits get a sign, those before year 1 a minus and the astronomical count, as in ISO 8601. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE;

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();

    private ValueText() {}

    /**
     * The text of a value, or empty if the row has none.
     *
     * @param type the type of the column's field
     * @param column the column
     * @param row the row
     */
    public static Optional<String> of(DataType type, Column column, int row) {
        return column.isPresent(row) ? Optional.of(present(type, column, row)) : Optional.empty();
    }

    private static String present(DataType type, Column column, int row) {
        return switch (type) {
            case DataType.BoolType ignored -> Boolean.toString(((BoolColumn) column).values()[row]);
            case DataType.IntType(int bits) ->
                bits == 64
                        ? Long.toString(((LongColumn) column).values()[row])
                        : Integer.toString(((IntColumn) column).values()[row]);
            case DataType.DecimalType decimal -> decimal(decimal, column, row);
            case DataType.FloatType(int bits) -> {
                double value = ((DoubleColumn) column).values()[row];
                yield bits == 32 ? Float.toString((float) value) : Double.toString(value);
            }
            case DataType.BinaryType ignored -> {
                BytesColumn bytes = (BytesColumn) column;
                yield HexFormat.of().formatHex(bytes.data(), bytes.start(row), bytes.start(row) + bytes.length(row));
            }
            case DataType.UuidType ignored -> {
                WideColumn wide = (WideColumn) column;
                yield new UUID(wide.high(row), wide.low(row)).toString();
            }
            case DataType.DateType ignored -> date(((IntColumn) column).values()[row]);
            case DataType.TimeType time -> time(time, column, row);
            case DataType.TimestampType timestamp -> timestamp(timestamp, column, row);
            case DataType.TextType ignored -> ((BytesColumn) column).text(row);
            case DataType.JsonType ignored -> ((BytesColumn) column).text(row);
            case DataType.ArrayType ignored -> ((BytesColumn) column).text(row);
            case DataType.ObjectType ignored -> ((BytesColumn) column).text(row);
            case DataType.UnknownType ignored -> ((BytesColumn) column).text(row);
        };
    }

    private static String decimal(DataType.DecimalType type, Column column, int row) {
        return switch (column) {
            case LongColumn narrow -> {
                long unscaled = narrow.values()[row];
                yield unscaled == DataType.DecimalType.NAN
                        ? "NaN"
                        : BigDecimal.valueOf(unscaled, type.scale()).toPlainString();
            }
            case WideColumn wide -> {
                long high = wide.high(row);
                if (high == DataType.DecimalType.NAN) {
                    yield "NaN";
                }
                BigInteger low = BigInteger.valueOf(wide.low(row));
                BigInteger unsignedLow = low.signum() < 0 ? low.add(TWO_TO_64) : low;
                BigInteger unscaled = BigInteger.valueOf(high).shiftLeft(64).add(unsignedLow);
                yield new BigDecimal(unscaled, type.scale()).toPlainString();
            }
            case BytesColumn text -> text.text(row);
            case BoolColumn ignored -> throw mismatch(type);
            case IntColumn ignored -> throw mismatch(type);
            case DoubleColumn ignored -> throw mismatch(type);
        };
    }

    private static IllegalArgumentException mismatch(DataType type) {
        return new IllegalArgumentException("the column does not have the layout of " + type.notation());
    }

    private static String date(int days) {
        return switch (days) {
            case Integer.MAX_VALUE -> "infinity";
            case Integer.MIN_VALUE -> "-infinity";
            default -> LocalDate.ofEpochDay(days).format(DATE);
        };
    }

    private static String time(DataType.TimeType type, Column column, int row) {
        if (!type.zoned()) {
            return timeOfDay(((LongColumn) column).values()[row]);
        }
        WideColumn wide = (WideColumn) column;
        return timeOfDay(wide.high(row))
                + ZoneOffset.ofTotalSeconds((int) wide.low(row)).getId();
    }

    private static String timeOfDay(long nanos) {
        return nanos == NANOS_PER_DAY
                ? "24:00:00"
                : LocalTime.ofNanoOfDay(nanos).format(TIME);
    }

    private static String timestamp(DataType.TimestampType type, Column column, int row) {
        long micros;
        long nanosWithin = 0;
        if (column instanceof WideColumn wide) {
            micros = wide.high(row);
            nanosWithin = wide.low(row);
        } else {
            micros = ((LongColumn) column).values()[row];
        }
        if (micros == Long.MAX_VALUE) {
            return "infinity";
        }
        if (micros == Long.MIN_VALUE) {
            return "-infinity";
        }
        LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_PER_DAY));
        long nanos = Math.floorMod(micros, MICROS_PER_DAY) * 1000 + nanosWithin;
        return day.format(DATE) + "T" + timeOfDay(nanos) + (type.zoned() ? "Z" : "");
    }
}
