package dev.sluice.cdk.cells;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.FloatText;
import dev.sluice.cdk.text.JsonScanner;
import dev.sluice.cdk.text.NumberParser;
import dev.sluice.cdk.text.TimeParser;
import dev.sluice.cdk.text.Utf8;
import dev.sluice.cdk.text.Uuids;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;

/** The loaders of each type. */
final class Loaders {
    private Loaders() {}

    /**
     * The loader of a column.
     *
     * @param type the type
     * @param column the place of its cells in each record
     * @param builder takes the values
     * @param lenient true if the user chose the type, so that more ways to write a truth value are understood
     */
    static ColumnLoader of(DataType type, int column, ColumnBuilder builder, boolean lenient) {
        return switch (type) {
            case DataType.BoolType ignored -> new Bools(column, (BoolColumn.Builder) builder, lenient);
            case DataType.IntType(int bits) ->
                bits == 64
                        ? new Longs(column, (LongColumn.Builder) builder)
                        : new Ints(column, (IntColumn.Builder) builder, bits);
            case DataType.DecimalType decimal -> decimal(decimal, column, builder);
            case DataType.FloatType(int bits) -> new Floats(column, (DoubleColumn.Builder) builder, bits);
            case DataType.UuidType ignored -> new UuidValues(column, (WideColumn.Builder) builder);
            case DataType.DateType ignored -> new Dates(column, (IntColumn.Builder) builder);
            case DataType.TimeType time ->
                time.zoned()
                        ? new ZonedTimes(column, (WideColumn.Builder) builder, time.precision())
                        : new Times(column, (LongColumn.Builder) builder, time.precision());
            case DataType.TimestampType timestamp ->
                timestamp.precision() > 6
                        ? new FineTimestamps(column, (WideColumn.Builder) builder, timestamp)
                        : new Timestamps(column, (LongColumn.Builder) builder, timestamp);
            case DataType.BinaryType ignored -> new Binaries(column, (BytesColumn.Builder) builder);
            case DataType.TextType ignored -> new Texts(column, (BytesColumn.Builder) builder);
            case DataType.UnknownType ignored -> new Texts(column, (BytesColumn.Builder) builder);
            case DataType.JsonType ignored -> new Jsons(column, (BytesColumn.Builder) builder, 0);
            case DataType.ArrayType ignored -> new Jsons(column, (BytesColumn.Builder) builder, '[');
            case DataType.ObjectType ignored -> new Jsons(column, (BytesColumn.Builder) builder, '{');
        };
    }

    private static ColumnLoader decimal(DataType.DecimalType type, int column, ColumnBuilder builder) {
        return switch (builder) {
            case LongColumn.Builder longs -> new Decimals(column, longs, type);
            case WideColumn.Builder wide -> new WideDecimals(column, wide, type);
            case BytesColumn.Builder bytes -> new AnyDecimals(column, bytes, type);
            case BoolColumn.Builder ignored -> throw mismatch(type);
            case IntColumn.Builder ignored -> throw mismatch(type);
            case DoubleColumn.Builder ignored -> throw mismatch(type);
        };
    }

    private static IllegalArgumentException mismatch(DataType type) {
        return new IllegalArgumentException("the builder does not have the layout of " + type.notation());
    }

    /** Values that take one {@code long}. */
    abstract static class LongLoader extends ColumnLoader {
        private final LongColumn.Builder builder;
        private long[] values = {};

        LongLoader(int column, LongColumn.Builder builder) {
            super(column);
            this.builder = builder;
        }

        @Override
        final void makeRoom(int rows) {
            values = new long[rows];
        }

        final boolean keep(boolean fits, int row, long value) {
            values[row] = value;
            return fits;
        }

        @Override
        final ColumnBuilder builder() {
            return builder;
        }

        @Override
        final void append(CellBlock block, int row) {
            builder.append(values[row]);
        }
    }

    /** Values that take one {@code int}. */
    private abstract static class IntLoader extends ColumnLoader {
        private final IntColumn.Builder builder;
        private int[] values = {};

        IntLoader(int column, IntColumn.Builder builder) {
            super(column);
            this.builder = builder;
        }

        @Override
        final void makeRoom(int rows) {
            values = new int[rows];
        }

        final boolean keep(boolean fits, int row, long value) {
            values[row] = (int) value;
            return fits;
        }

        @Override
        final ColumnBuilder builder() {
            return builder;
        }

        @Override
        final void append(CellBlock block, int row) {
            builder.append(values[row]);
        }
    }

    /** Values that take two {@code long}s. */
    private abstract static class WideLoader extends ColumnLoader {
        private final WideColumn.Builder builder;
        private long[] values = {};

        WideLoader(int column, WideColumn.Builder builder) {
            super(column);
            this.builder = builder;
        }

        @Override
        final void makeRoom(int rows) {
            values = new long[2 * rows];
        }

        final boolean keep(boolean fits, int row, long high, long low) {
            values[2 * row] = high;
            values[2 * row + 1] = low;
            return fits;
        }

        @Override
        final ColumnBuilder builder() {
            return builder;
        }

        @Override
        final void append(CellBlock block, int row) {
            builder.append(values[2 * row], values[2 * row + 1]);
        }
    }

    /** Values that are bytes, copied from where they stand or from a text of their own. */
    private abstract static class BytesLoader extends ColumnLoader {
        final BytesColumn.Builder builder;

        BytesLoader(int column, BytesColumn.Builder builder) {
            super(column);
            this.builder = builder;
        }

        @Override
        void makeRoom(int rows) {}

        @Override
        final ColumnBuilder builder() {
            return builder;
        }

        @Override
        void append(CellBlock block, int row) {
            int cell = row * block.columns() + column();
            int from = block.from()[cell];
            boolean aside = (block.flags()[cell] & CellBlock.SIDE) != 0;
            builder.append(aside ? block.side().bytes() : block.data(), from, block.to()[cell] - from);
        }
    }

    private static final class Longs extends LongLoader {
        private final NumberParser parser = new NumberParser();

        Longs(int column, LongColumn.Builder builder) {
            super(column, builder);
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            return keep(parser.integer(data, from, to), row, parser.value());
        }
    }

    private static final class Ints extends IntLoader {
        private final NumberParser parser = new NumberParser();
        private final int bits;

        Ints(int column, IntColumn.Builder builder, int bits) {
            super(column, builder);
            this.bits = bits;
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            return keep(parser.integer(data, from, to, bits), row, parser.value());
        }
    }

    private static final class Decimals extends LongLoader {
        private final NumberParser parser = new NumberParser();
        private final DataType.DecimalType type;

        Decimals(int column, LongColumn.Builder builder, DataType.DecimalType type) {
            super(column, builder);
            this.type = type;
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            return keep(parser.decimal(data, from, to, type.precision(), type.scale()), row, parser.value());
        }
    }

    private static final class WideDecimals extends WideLoader {
        private final NumberParser parser = new NumberParser();
        private final DataType.DecimalType type;

        WideDecimals(int column, WideColumn.Builder builder, DataType.DecimalType type) {
            super(column, builder);
            this.type = type;
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            boolean fits = parser.wideDecimal(data, from, to, type.precision(), type.scale());
            return keep(fits, row, parser.high(), parser.low());
        }
    }

    private static final class Floats extends ColumnLoader {
        private final DoubleColumn.Builder builder;
        private final int bits;
        private double[] values = {};

        Floats(int column, DoubleColumn.Builder builder, int bits) {
            super(column);
            this.builder = builder;
            this.bits = bits;
        }

        @Override
        void makeRoom(int rows) {
            values = new double[rows];
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            if (!FloatText.isFloat(data, from, to)) {
                return false;
            }
            values[row] = bits == 64 ? FloatText.parseDouble(data, from, to) : FloatText.parseFloat(data, from, to);
            // Digits beyond the range would silently become infinite.
            return !Double.isInfinite(values[row]) || data[to - 1] == 'y';
        }

        @Override
        ColumnBuilder builder() {
            return builder;
        }

        @Override
        void append(CellBlock block, int row) {
            builder.append(values[row]);
        }
    }

    private static final class UuidValues extends WideLoader {
        UuidValues(int column, WideColumn.Builder builder) {
            super(column, builder);
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            return Uuids.isUuid(data, from, to) && keep(true, row, Uuids.high(data, from), Uuids.low(data, from));
        }
    }

    private static final class Dates extends IntLoader {
        private final TimeParser parser = new TimeParser();

        Dates(int column, IntColumn.Builder builder) {
            super(column, builder);
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            return keep(parser.date(data, from, to), row, parser.value());
        }
    }

    private static final class Times extends LongLoader {
        private final TimeParser parser = new TimeParser();
        private final int precision;

        Times(int column, LongColumn.Builder builder, int precision) {
            super(column, builder);
            this.precision = precision;
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            return keep(parser.time(data, from, to, precision), row, parser.value());
        }
    }

    private static final class ZonedTimes extends WideLoader {
        private final TimeParser parser = new TimeParser();
        private final int precision;

        ZonedTimes(int column, WideColumn.Builder builder, int precision) {
            super(column, builder);
            this.precision = precision;
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            return keep(parser.zonedTime(data, from, to, precision), row, parser.value(), parser.low());
        }
    }

    private static final class Timestamps extends LongLoader {
        private final TimeParser parser = new TimeParser();
        private final DataType.TimestampType type;

        Timestamps(int column, LongColumn.Builder builder, DataType.TimestampType type) {
            super(column, builder);
            this.type = type;
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            return keep(parser.timestamp(data, from, to, type.precision(), type.zoned()), row, parser.value());
        }
    }

    private static final class FineTimestamps extends WideLoader {
        private final TimeParser parser = new TimeParser();
        private final DataType.TimestampType type;

        FineTimestamps(int column, WideColumn.Builder builder, DataType.TimestampType type) {
            super(column, builder);
            this.type = type;
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            boolean fits = parser.timestamp(data, from, to, type.precision(), type.zoned());
            return keep(fits, row, parser.value(), parser.low());
        }
    }

    private static final class Bools extends ColumnLoader {
        private final BoolColumn.Builder builder;
        private final boolean lenient;
        private boolean[] values = {};

        Bools(int column, BoolColumn.Builder builder, boolean lenient) {
            super(column);
            this.builder = builder;
            this.lenient = lenient;
        }

        @Override
        void makeRoom(int rows) {
            values = new boolean[rows];
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            int truth = Truths.of(data, from, to, lenient);
            values[row] = truth == Truths.TRUE;
            return truth != Truths.NEITHER;
        }

        @Override
        ColumnBuilder builder() {
            return builder;
        }

        @Override
        void append(CellBlock block, int row) {
            builder.append(values[row]);
        }
    }

    private static final class Texts extends BytesLoader {
        Texts(int column, BytesColumn.Builder builder) {
            super(column, builder);
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            return Utf8.firstInvalid(data, from, to) < 0;
        }

        @Override
        boolean takeValid(byte[] data, int from, int to, int row) {
            return true;
        }

        @Override
        boolean trims() {
            return false;
        }

        @Override
        Flaw flaw() {
            return Flaw.INVALID_TEXT;
        }
    }

    private static final class Jsons extends BytesLoader {
        private final JsonScanner scanner = new JsonScanner();
        private final int opening;

        /** A loader of JSON texts that begin with this character, or with any if it is 0. */
        Jsons(int column, BytesColumn.Builder builder, int opening) {
            super(column, builder);
            this.opening = opening;
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            int first = JsonScanner.skipBlanks(data, from, to);
            return (opening == 0 || (first < to && data[first] == opening))
                    && scanner.isValue(data, from, to)
                    && Utf8.firstInvalid(data, from, to) < 0;
        }

        @Override
        boolean takeValid(byte[] data, int from, int to, int row) {
            return opening == 0 || data[from] == opening;
        }

        @Override
        boolean trims() {
            return false;
        }
    }

    /** Values whose bytes are made from the text; they wait in a sink of their own until they are added. */
    private abstract static class MadeBytesLoader extends BytesLoader {
        final ByteSink made = new ByteSink(64);
        private int[] starts = {};
        private int[] ends = {};

        MadeBytesLoader(int column, BytesColumn.Builder builder) {
            super(column, builder);
        }

        @Override
        final void makeRoom(int rows) {
            starts = new int[rows];
            ends = new int[rows];
        }

        @Override
        final void beginBlock() {
            made.clear();
        }

        @Override
        final boolean take(byte[] data, int from, int to, int row) {
            starts[row] = made.size();
            boolean fits = make(data, from, to);
            ends[row] = made.size();
            return fits;
        }

        abstract boolean make(byte[] data, int from, int to);

        @Override
        final void append(CellBlock block, int row) {
            builder.append(made.bytes(), starts[row], ends[row] - starts[row]);
        }
    }

    private static final class AnyDecimals extends MadeBytesLoader {
        private final NumberParser parser = new NumberParser();
        private final DataType.DecimalType type;

        AnyDecimals(int column, BytesColumn.Builder builder, DataType.DecimalType type) {
            super(column, builder);
            this.type = type;
        }

        @Override
        boolean make(byte[] data, int from, int to) {
            return parser.anyDecimal(data, from, to, type, made);
        }
    }

    private static final class Binaries extends MadeBytesLoader {
        Binaries(int column, BytesColumn.Builder builder) {
            super(column, builder);
        }

        /** No bytes are a value, which is written as an empty text in quotes. */
        @Override
        boolean emptyIsNull() {
            return false;
        }

        @Override
        boolean make(byte[] data, int from, int to) {
            return BinaryText.decode(data, from, to, made);
        }
    }
}
