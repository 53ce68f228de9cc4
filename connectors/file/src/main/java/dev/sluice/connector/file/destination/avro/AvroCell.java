package dev.sluice.connector.file.destination.avro;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.Uuids;
import dev.sluice.cdk.text.ValueWriter;
import dev.sluice.connector.file.destination.columns.FileColumn;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Layout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** Writes the values of one type in binary. Stateless. */
interface AvroCell {
    /** Marks decimals that come as integers, of which none stands for NaN. */
    int WHOLE = -1;

    long NANOS_A_DAY = 86_400_000_000_000L;

    /** Writes a value that is present and fits. */
    void write(Column column, int row, ByteSink out);

    /** True if Avro can hold a value that is present. */
    default boolean fits(Column column, int row) {
        return true;
    }

    /** What writes the values of a column of a file. */
    static AvroCell of(DataType type, FileColumn to) {
        if (to.fileType().equals(AvroColumnTypes.TEXT) && type.layout() != Layout.BYTES) {
            return text(ValueWriter.of(type));
        }
        return switch (type) {
            case DataType.BoolType _ -> (column, row, out) -> out.put(((BoolColumn) column).values()[row] ? 1 : 0);
            case DataType.IntType _
            when to.fileType().startsWith("decimal") -> new Decimal(scale(to.fileType()), WHOLE);
            case DataType.IntType(int bits) ->
                bits == 64
                        ? (column, row, out) -> whole(out, ((LongColumn) column).values()[row])
                        : (column, row, out) -> whole(out, ((IntColumn) column).values()[row]);
            case DataType.FloatType _ -> to.fileType().equals("float") ? AvroCell::float32 : AvroCell::float64;
            case DataType.DecimalType decimal ->
                to.fileType().equals(AvroColumnTypes.TEXT)
                        ? AvroCell::bytes
                        : new Decimal(scale(to.fileType()), decimal.scale());
            case DataType.UuidType _ -> AvroCell::uuid;
            case DataType.DateType _ -> new Date();
            case DataType.TimeType _ -> new Time();
            case DataType.TimestampType(int precision, boolean _) -> precision > 6 ? new Nanos() : new Micros();
            case DataType.BinaryType _,
                    DataType.TextType _,
                    DataType.JsonType _,
                    DataType.ArrayType _,
                    DataType.ObjectType _,
                    DataType.UnknownType _ -> AvroCell::bytes;
        };
    }

    /** A number by sevens of bits and zigzag. */
    static void whole(ByteSink out, long value) {
        long bits = value << 1 ^ value >> 63;
        while ((bits & ~0x7FL) != 0) {
            out.put((int) ((bits & 0x7F) | 0x80));
            bits >>>= 7;
        }
        out.put((int) bits);
    }

    /** Bytes with their length before them. */
    static void run(ByteSink out, byte[] bytes, int from, int length) {
        whole(out, length);
        out.put(bytes, from, length);
    }

    private static void bytes(Column column, int row, ByteSink out) {
        BytesColumn texts = (BytesColumn) column;
        run(out, texts.data(), texts.start(row), texts.length(row));
    }

    private static AvroCell text(ValueWriter writer) {
        ByteSink text = new ByteSink(64);
        return (column, row, out) -> {
            text.clear();
            writer.write(column, row, text);
            run(out, text.bytes(), 0, text.size());
        };
    }

    private static void float32(Column column, int row, ByteSink out) {
        little(out, Float.floatToRawIntBits((float) ((DoubleColumn) column).values()[row]), 4);
    }

    private static void float64(Column column, int row, ByteSink out) {
        little(out, Double.doubleToRawLongBits(((DoubleColumn) column).values()[row]), 8);
    }

    private static void little(ByteSink out, long bits, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.put((int) ((bits >>> (8 * i)) & 0xFF));
        }
    }

    private static void uuid(Column column, int row, ByteSink out) {
        WideColumn wide = (WideColumn) column;
        uuid(out, wide.high(row), wide.low(row));
    }

    /** A UUID as text. */
    static void uuid(ByteSink out, long high, long low) {
        whole(out, Uuids.LENGTH);
        Uuids.append(out, high, low);
    }

    private static int scale(String decimal) {
        return Integer.parseInt(decimal.substring(decimal.indexOf(',') + 1, decimal.length() - 1));
    }

    /**
     * The unscaled value in two's complement. NaN and the infinities are no such numbers.
     *
     * @param scale the digits behind the point in the file
     * @param own those of the values that come
     */
    record Decimal(int scale, int own) implements AvroCell {
        @Override
        public void write(Column column, int row, ByteSink out) {
            byte[] unscaled =
                    number(column, row).setScale(scale).unscaledValue().toByteArray();
            run(out, unscaled, 0, unscaled.length);
        }

        private BigDecimal number(Column column, int row) {
            return switch (column) {
                case IntColumn ints -> BigDecimal.valueOf(ints.values()[row]);
                case LongColumn longs -> BigDecimal.valueOf(longs.values()[row], Math.max(0, own));
                case WideColumn wide ->
                    new BigDecimal(
                            new BigInteger(ByteBuffer.allocate(16)
                                    .putLong(wide.high(row))
                                    .putLong(wide.low(row))
                                    .array()),
                            own);
                case BytesColumn texts -> new BigDecimal(texts.text(row));
                case BoolColumn _, DoubleColumn _ -> throw new IllegalStateException("decimals come in no such column");
            };
        }

        @Override
        public boolean fits(Column column, int row) {
            return switch (column) {
                case LongColumn longs -> own == WHOLE || longs.values()[row] != DataType.DecimalType.NAN;
                case WideColumn wide -> wide.high(row) != DataType.DecimalType.NAN;
                case BytesColumn texts -> {
                    byte last = texts.data()[texts.start(row) + texts.length(row) - 1];
                    yield last >= '0' && last <= '9';
                }
                case IntColumn _ -> true;
                case BoolColumn _, DoubleColumn _ -> false;
            };
        }
    }

    /** Days; there are no infinities. */
    record Date() implements AvroCell {
        @Override
        public void write(Column column, int row, ByteSink out) {
            whole(out, ((IntColumn) column).values()[row]);
        }

        @Override
        public boolean fits(Column column, int row) {
            int day = ((IntColumn) column).values()[row];
            return day != Integer.MAX_VALUE && day != Integer.MIN_VALUE;
        }
    }

    /** Microseconds after midnight; readers know no 24:00:00. */
    record Time() implements AvroCell {
        @Override
        public void write(Column column, int row, ByteSink out) {
            whole(out, ((LongColumn) column).values()[row] / 1000);
        }

        @Override
        public boolean fits(Column column, int row) {
            return ((LongColumn) column).values()[row] < NANOS_A_DAY;
        }
    }

    /** Microseconds; there are no infinities. */
    record Micros() implements AvroCell {
        @Override
        public void write(Column column, int row, ByteSink out) {
            whole(out, ((LongColumn) column).values()[row]);
        }

        @Override
        public boolean fits(Column column, int row) {
            long micros = ((LongColumn) column).values()[row];
            return micros != Long.MAX_VALUE && micros != Long.MIN_VALUE;
        }
    }

    /** Nanoseconds in 64 bits. */
    record Nanos() implements AvroCell {
        private static final long MOST_MICROS = Long.MAX_VALUE / 1000 - 1;

        @Override
        public void write(Column column, int row, ByteSink out) {
            WideColumn wide = (WideColumn) column;
            whole(out, wide.high(row) * 1000 + wide.low(row));
        }

        @Override
        public boolean fits(Column column, int row) {
            long micros = ((WideColumn) column).high(row);
            return micros <= MOST_MICROS && micros >= -MOST_MICROS;
        }
    }
}
