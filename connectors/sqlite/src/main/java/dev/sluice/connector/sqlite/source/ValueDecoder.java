package dev.sluice.connector.sqlite.source;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.JsonScanner;
import dev.sluice.cdk.text.NumberParser;
import dev.sluice.cdk.text.Uuids;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import dev.sluice.spi.type.Layout;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a column stores into values of its type. What has no such value is told, and never bent. For one thread.
 */
interface ValueDecoder {
    /**
     * The value in the layout of its type.
     *
     * @param stored a {@link Double}, another {@link Number} for whole numbers, a {@link String}, or bytes
     * @return a {@link Boolean}, {@link Integer}, {@link Long}, {@link Double}, bytes, or two longs; null if the stored
     *     value is none of the type
     */
    @Nullable
    Object decode(Object stored);

    /** The decoder of a type. */
    static ValueDecoder of(DataType type, boolean milliseconds) {
        return switch (type) {
            case DataType.BoolType ignored -> Kinds::truth;
            case DataType.IntType ignored -> stored -> isWhole(stored) ? (Object) ((Number) stored).longValue() : null;
            case DecimalType decimal -> new Kinds.Decimals(decimal);
            case DataType.FloatType(int bits) -> bits == 32 ? Kinds::float32 : Kinds::float64;
            case DataType.TextType ignored -> Kinds::text;
            case DataType.BinaryType ignored -> stored -> stored instanceof byte[] ? stored : null;
            case DataType.UuidType ignored -> Kinds::uuid;
            case DataType.DateType ignored -> new TimeDecoders(milliseconds).dates();
            case DataType.TimeType time -> new TimeDecoders(milliseconds).times(time);
            case DataType.TimestampType timestamp -> new TimeDecoders(milliseconds).timestamps(timestamp);
            case DataType.JsonType ignored -> new Kinds.Documents();
            case DataType.ArrayType ignored -> new Kinds.Documents();
            case DataType.ObjectType ignored -> new Kinds.Documents();
            case DataType.UnknownType ignored -> Kinds::text;
        };
    }

    /** Adds a decoded value to the column of its type. */
    static void append(Object value, ColumnBuilder column) {
        switch (column) {
            case BoolColumn.Builder truths -> truths.append((Boolean) value);
            case IntColumn.Builder ints -> ints.append((Integer) value);
            case LongColumn.Builder longs -> longs.append((Long) value);
            case DoubleColumn.Builder doubles -> doubles.append((Double) value);
            case WideColumn.Builder wide -> wide.append(((long[]) value)[0], ((long[]) value)[1]);
            case BytesColumn.Builder bytes -> bytes.append((byte[]) value);
        }
    }

    /** True for what SQLite stores as a whole number. */
    static boolean isWhole(Object stored) {
        return stored instanceof Number && !(stored instanceof Double);
    }

    /** How each type is decoded. */
    final class Kinds {
        private static final double TWO_TO_63 = 0x1p63;

        private Kinds() {}

        private static @Nullable Object truth(Object stored) {
            long number = isWhole(stored) ? ((Number) stored).longValue() : -1;
            return number == 0 || number == 1 ? (Object) (number == 1) : null;
        }

        private static @Nullable Object float64(Object stored) {
            if (stored instanceof Double) {
                return stored;
            }
            if (!isWhole(stored)) {
                return null;
            }
            long whole = ((Number) stored).longValue();
            double number = whole;
            return number != TWO_TO_63 && (long) number == whole ? (Object) number : null;
        }

        private static @Nullable Object float32(Object stored) {
            Object number = float64(stored);
            return number instanceof Double wide && (float) (double) wide == wide ? number : null;
        }

        /** Numbers have one text, so they lose nothing but their kind. */
        private static byte @Nullable [] text(Object stored) {
            return stored instanceof byte[] ? null : stored.toString().getBytes(StandardCharsets.UTF_8);
        }

        private static long @Nullable [] uuid(Object stored) {
            if (stored instanceof byte[] bytes) {
                ByteBuffer halves = ByteBuffer.wrap(bytes);
                return bytes.length == 16 ? new long[] {halves.getLong(), halves.getLong()} : null;
            }
            byte[] text = stored.toString().getBytes(StandardCharsets.UTF_8);
            return Uuids.isUuid(text, 0, text.length) ? new long[] {Uuids.high(text, 0), Uuids.low(text, 0)} : null;
        }

        /** Texts of JSON, exactly as they are. */
        private static final class Documents implements ValueDecoder {
            private final JsonScanner scanner = new JsonScanner();

            @Override
            public byte @Nullable [] decode(Object stored) {
                byte[] text = text(stored);
                return text != null && scanner.isValue(text, 0, text.length) ? text : null;
            }
        }

        /** Exact numbers: what stands there in decimal digits, if the type has as many. */
        private static final class Decimals implements ValueDecoder {
            private final DecimalType type;
            private final NumberParser parser = new NumberParser();
            private final ByteSink sink = new ByteSink(64);

            Decimals(DecimalType type) {
                this.type = type;
            }

            @Override
            public @Nullable Object decode(Object stored) {
                if (stored instanceof byte[]) {
                    return null;
                }
                byte[] text = digits(stored).getBytes(StandardCharsets.UTF_8);
                int end = text.length;
                if (type.layout() == Layout.LONG) {
                    return parser.decimal(text, 0, end, type.precision(), type.scale())
                            ? (Object) parser.value()
                            : null;
                }
                if (type.layout() == Layout.WIDE) {
                    return parser.wideDecimal(text, 0, end, type.precision(), type.scale())
                            ? new long[] {parser.high(), parser.low()}
                            : null;
                }
                sink.clear();
                return parser.anyDecimal(text, 0, end, type, sink) ? sink.toBytes() : null;
            }

            private static String digits(Object stored) {
                return stored instanceof Double real && Double.isFinite(real)
                        ? plain(new BigDecimal(real.toString()))
                        : stored.toString();
            }

            /** A whole number comes as a fraction where SQLite had no room for it as what it is. */
            private static String plain(BigDecimal number) {
                return number.scale() > 0 ? number.stripTrailingZeros().toPlainString() : number.toPlainString();
            }
        }
    }
}
