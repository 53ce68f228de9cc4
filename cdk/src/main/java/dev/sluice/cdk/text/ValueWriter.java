package dev.sluice.cdk.text;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Layout;
import java.nio.charset.StandardCharsets;

/** Writes the values of columns of one type as their canonical text, see {@link dev.sluice.spi.data.ValueText}. */
@FunctionalInterface
public interface ValueWriter {
    /**
     * Adds the text of a row that holds a value.
     *
     * @param column a column of the writer's type
     * @param row a row of it that is present
     */
    void write(Column column, int row, ByteSink out);

    /** The writer of a type. */
    static ValueWriter of(DataType type) {
        return switch (type) {
            case DataType.BoolType ignored -> Kinds::bool;
            case DataType.IntType(int bits) -> bits == 64 ? Kinds::whole64 : Kinds::whole32;
            case DataType.DecimalType decimal -> decimal(decimal);
            case DataType.FloatType(int bits) -> bits == 64 ? Kinds::float64 : Kinds::float32;
            case DataType.BinaryType ignored -> Kinds::hex;
            case DataType.UuidType ignored -> Kinds::uuid;
            case DataType.DateType ignored ->
                (column, row, out) -> TimeText.appendDate(out, ((IntColumn) column).values()[row]);
            case DataType.TimeType time -> time.zoned() ? Kinds::zonedTime : Kinds::time;
            case DataType.TimestampType timestamp -> timestamp(timestamp);
            case DataType.TextType ignored -> Kinds::bytes;
            case DataType.JsonType ignored -> Kinds::bytes;
            case DataType.ArrayType ignored -> Kinds::bytes;
            case DataType.ObjectType ignored -> Kinds::bytes;
            case DataType.UnknownType ignored -> Kinds::bytes;
        };
    }

    private static ValueWriter decimal(DataType.DecimalType type) {
        int scale = type.scale();
        return switch (type.layout()) {
            case LONG ->
                (column, row, out) -> NumberText.appendDecimal(out, ((LongColumn) column).values()[row], scale);
            case WIDE ->
                (column, row, out) -> {
                    WideColumn wide = (WideColumn) column;
                    NumberText.appendDecimal(out, wide.high(row), wide.low(row), scale);
                };
            case BOOL, INT, DOUBLE, BYTES -> Kinds::bytes;
        };
    }

    private static ValueWriter timestamp(DataType.TimestampType type) {
        boolean zoned = type.zoned();
        return type.layout() == Layout.WIDE
                ? (column, row, out) -> {
                    WideColumn wide = (WideColumn) column;
                    TimeText.appendTimestamp(out, wide.high(row), (int) wide.low(row), zoned);
                }
                : (column, row, out) -> TimeText.appendTimestamp(out, ((LongColumn) column).values()[row], 0, zoned);
    }

    /** How each layout and meaning is written. */
    final class Kinds {
        private static final byte[] TRUE = "true".getBytes(StandardCharsets.ISO_8859_1);
        private static final byte[] FALSE = "false".getBytes(StandardCharsets.ISO_8859_1);

        private Kinds() {}

        private static void bool(Column column, int row, ByteSink out) {
            out.put(((BoolColumn) column).values()[row] ? TRUE : FALSE);
        }

        private static void whole32(Column column, int row, ByteSink out) {
            NumberText.append(out, ((IntColumn) column).values()[row]);
        }

        private static void whole64(Column column, int row, ByteSink out) {
            NumberText.append(out, ((LongColumn) column).values()[row]);
        }

        private static void float32(Column column, int row, ByteSink out) {
            FloatText.append(out, (float) ((DoubleColumn) column).values()[row]);
        }

        private static void float64(Column column, int row, ByteSink out) {
            FloatText.append(out, ((DoubleColumn) column).values()[row]);
        }

        private static void uuid(Column column, int row, ByteSink out) {
            WideColumn wide = (WideColumn) column;
            Uuids.append(out, wide.high(row), wide.low(row));
        }

        private static void time(Column column, int row, ByteSink out) {
            TimeText.appendTime(out, ((LongColumn) column).values()[row]);
        }

        private static void zonedTime(Column column, int row, ByteSink out) {
            WideColumn wide = (WideColumn) column;
            TimeText.appendZonedTime(out, wide.high(row), (int) wide.low(row));
        }

        private static void hex(Column column, int row, ByteSink out) {
            BytesColumn bytes = (BytesColumn) column;
            Uuids.appendHex(out, bytes.data(), bytes.start(row), bytes.length(row));
        }

        private static void bytes(Column column, int row, ByteSink out) {
            BytesColumn bytes = (BytesColumn) column;
            out.put(bytes.data(), bytes.start(row), bytes.length(row));
        }
    }
}
