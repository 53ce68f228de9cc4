package dev.sluice.connector.file.destination.text;

import dev.sluice.cdk.text.FloatText;
import dev.sluice.cdk.text.NumberText;
import dev.sluice.cdk.text.TimeText;
import dev.sluice.cdk.text.Uuids;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Layout;
import java.nio.charset.StandardCharsets;

/**
 * The cells of all types. The text of a value is its canonical one, bytes in base64; each notation decides what stands
 * around it.
 */
final class Cells {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.ISO_8859_1);

    private Cells() {}

    /** What stands around the text of values. */
    interface Notation {
        /** Around texts of any content. */
        Cell text(int index);

        /** Around documents in JSON. */
        Cell document(int index);

        /** Around numbers, some of which may have no digits, such as NaN. */
        Cell number(Cell cell);

        /** Around bytes in base64; no bytes are a value too. */
        Cell base64(Cell cell);

        /** Around what holds no special character and is never empty: dates, times, UUIDs. */
        Cell plain(Cell cell);
    }

    /** The cell of a field. */
    static Cell of(DataType type, int index, Notation notation) {
        return switch (type) {
            case DataType.BoolType ignored -> new Bool(index);
            case DataType.IntType(int bits) -> bits == 64 ? new Whole64(index) : new Whole32(index);
            case DataType.DecimalType decimal -> decimal(decimal, index, notation);
            case DataType.FloatType(int bits) -> notation.number(bits == 64 ? new Float64(index) : new Float32(index));
            case DataType.BinaryType ignored -> notation.base64(new Base64Cell(index));
            case DataType.UuidType ignored -> notation.plain(new Uuid(index));
            case DataType.DateType ignored -> notation.plain(new Date(index));
            case DataType.TimeType time -> notation.plain(time.zoned() ? new ZonedTime(index) : new Time(index));
            case DataType.TimestampType time ->
                notation.plain(
                        time.layout() == Layout.WIDE
                                ? new FineTimestamp(index, time.zoned())
                                : new Timestamp(index, time.zoned()));
            case DataType.TextType ignored -> notation.text(index);
            case DataType.UnknownType ignored -> notation.text(index);
            case DataType.JsonType ignored -> notation.document(index);
            case DataType.ArrayType ignored -> notation.document(index);
            case DataType.ObjectType ignored -> notation.document(index);
        };
    }

    private static Cell decimal(DataType.DecimalType type, int index, Notation notation) {
        return notation.number(
                switch (type.layout()) {
                    case LONG -> new Decimal(index, type.scale());
                    case WIDE -> new WideDecimal(index, type.scale());
                    case BYTES, BOOL, INT, DOUBLE -> new Raw(index);
                });
    }

    private static final class Bool extends Cell.OfField<BoolColumn> {
        private boolean[] values = {};

        Bool(int index) {
            super(index, BoolColumn.class);
        }

        @Override
        void take(BoolColumn next) {
            values = next.values();
        }

        @Override
        void append(int row, LineSink out) {
            out.buffer().put(values[row] ? TRUE : FALSE);
        }
    }

    /** Cells of integers up to 32 bits and of dates. */
    private abstract static class OfInts extends Cell.OfField<IntColumn> {
        int[] values = {};

        OfInts(int index) {
            super(index, IntColumn.class);
        }

        @Override
        final void take(IntColumn next) {
            values = next.values();
        }
    }

    private static final class Whole32 extends OfInts {
        Whole32(int index) {
            super(index);
        }

        @Override
        void append(int row, LineSink out) {
            NumberText.append(out.buffer(), values[row]);
        }
    }

    private static final class Date extends OfInts {
        Date(int index) {
            super(index);
        }

        @Override
        void append(int row, LineSink out) {
            TimeText.appendDate(out.buffer(), values[row]);
        }
    }

    /** Cells of what takes one long a row. */
    private abstract static class OfLongs extends Cell.OfField<LongColumn> {
        long[] values = {};

        OfLongs(int index) {
            super(index, LongColumn.class);
        }

        @Override
        final void take(LongColumn next) {
            values = next.values();
        }
    }

    private static final class Whole64 extends OfLongs {
        Whole64(int index) {
            super(index);
        }

        @Override
        void append(int row, LineSink out) {
            NumberText.append(out.buffer(), values[row]);
        }
    }

    private static final class Decimal extends OfLongs {
        private final int scale;

        Decimal(int index, int scale) {
            super(index);
            this.scale = scale;
        }

        @Override
        void append(int row, LineSink out) {
            NumberText.appendDecimal(out.buffer(), values[row], scale);
        }
    }

    private static final class Time extends OfLongs {
        Time(int index) {
            super(index);
        }

        @Override
        void append(int row, LineSink out) {
            TimeText.appendTime(out.buffer(), values[row]);
        }
    }

    private static final class Timestamp extends OfLongs {
        private final boolean zoned;

        Timestamp(int index, boolean zoned) {
            super(index);
            this.zoned = zoned;
        }

        @Override
        void append(int row, LineSink out) {
            TimeText.appendTimestamp(out.buffer(), values[row], 0, zoned);
        }
    }

    /** Cells of floating point numbers. */
    private abstract static class OfDoubles extends Cell.OfField<DoubleColumn> {
        double[] values = {};

        OfDoubles(int index) {
            super(index, DoubleColumn.class);
        }

        @Override
        final void take(DoubleColumn next) {
            values = next.values();
        }
    }

    private static final class Float64 extends OfDoubles {
        Float64(int index) {
            super(index);
        }

        @Override
        void append(int row, LineSink out) {
            FloatText.append(out.buffer(), values[row]);
        }
    }

    private static final class Float32 extends OfDoubles {
        Float32(int index) {
            super(index);
        }

        @Override
        void append(int row, LineSink out) {
            FloatText.append(out.buffer(), (float) values[row]);
        }
    }

    /** Cells of what takes two longs a row. */
    private abstract static class OfPairs extends Cell.OfField<WideColumn> {
        long[] values = {};

        OfPairs(int index) {
            super(index, WideColumn.class);
        }

        @Override
        final void take(WideColumn next) {
            values = next.values();
        }
    }

    private static final class WideDecimal extends OfPairs {
        private final int scale;

        WideDecimal(int index, int scale) {
            super(index);
            this.scale = scale;
        }

        @Override
        void append(int row, LineSink out) {
            NumberText.appendDecimal(out.buffer(), values[2 * row], values[2 * row + 1], scale);
        }
    }

    private static final class Uuid extends OfPairs {
        Uuid(int index) {
            super(index);
        }

        @Override
        void append(int row, LineSink out) {
            Uuids.append(out.buffer(), values[2 * row], values[2 * row + 1]);
        }
    }

    private static final class ZonedTime extends OfPairs {
        ZonedTime(int index) {
            super(index);
        }

        @Override
        void append(int row, LineSink out) {
            TimeText.appendZonedTime(out.buffer(), values[2 * row], (int) values[2 * row + 1]);
        }
    }

    private static final class FineTimestamp extends OfPairs {
        private final boolean zoned;

        FineTimestamp(int index, boolean zoned) {
            super(index);
            this.zoned = zoned;
        }

        @Override
        void append(int row, LineSink out) {
            TimeText.appendTimestamp(out.buffer(), values[2 * row], (int) values[2 * row + 1], zoned);
        }
    }

    /** Cells of runs of bytes. */
    abstract static class OfBytes extends Cell.OfField<BytesColumn> {
        byte[] data = {};
        int[] offsets = {};

        OfBytes(int index) {
            super(index, BytesColumn.class);
        }

        @Override
        final void take(BytesColumn next) {
            data = next.data();
            offsets = next.offsets();
        }
    }

    /** Bytes as they are, for decimals of many digits. */
    private static final class Raw extends OfBytes {
        Raw(int index) {
            super(index);
        }

        @Override
        void append(int row, LineSink out) {
            out.buffer().put(data, offsets[row], offsets[row + 1] - offsets[row]);
        }
    }

    private static final class Base64Cell extends OfBytes {
        Base64Cell(int index) {
            super(index);
        }

        @Override
        void append(int row, LineSink out) {
            Base64Text.append(out, data, offsets[row], offsets[row + 1]);
        }
    }
}
