package dev.sluice.connector.mysql.wire;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.FloatText;
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

/** The decoders, one a kind of value. */
final class FieldDecoders {
    private FieldDecoders() {}

    /** What adds a row if the text is a value. */
    @FunctionalInterface
    private interface Append {
        boolean append(byte[] bytes, int from, int to);
    }

    private static FieldDecoder of(ColumnBuilder column, Append append) {
        return new FieldDecoder(column) {
            @Override
            boolean append(byte[] bytes, int from, int to) {
                return append.append(bytes, from, to);
            }
        };
    }

    static FieldDecoder integer(DataType.IntType type, ColumnBuilder column) {
        NumberParser parser = new NumberParser();
        int bits = type.bits();
        if (column instanceof LongColumn.Builder longs) {
            return of(column, (bytes, from, to) -> {
                if (!parser.integer(bytes, from, to)) {
                    return false;
                }
                longs.append(parser.value());
                return true;
            });
        }
        IntColumn.Builder ints = (IntColumn.Builder) column;
        return of(column, (bytes, from, to) -> {
            if (!parser.integer(bytes, from, to, bits)) {
                return false;
            }
            ints.append((int) parser.value());
            return true;
        });
    }

    static FieldDecoder truth(ColumnBuilder column) {
        NumberParser parser = new NumberParser();
        BoolColumn.Builder truths = (BoolColumn.Builder) column;
        return of(column, (bytes, from, to) -> {
            // Only 0 and 1 say for sure what was meant.
            if (!parser.integer(bytes, from, to) || (parser.value() & ~1L) != 0) {
                return false;
            }
            truths.append(parser.value() == 1);
            return true;
        });
    }

    static FieldDecoder decimal(DataType.DecimalType type, ColumnBuilder column) {
        NumberParser parser = new NumberParser();
        return switch (type.layout()) {
            case LONG -> {
                LongColumn.Builder longs = (LongColumn.Builder) column;
                yield of(column, (bytes, from, to) -> {
                    if (!parser.decimal(bytes, from, to, type.precision(), type.scale())) {
                        return false;
                    }
                    longs.append(parser.value());
                    return true;
                });
            }
            case WIDE -> {
                WideColumn.Builder wide = (WideColumn.Builder) column;
                yield of(column, (bytes, from, to) -> {
                    if (!parser.wideDecimal(bytes, from, to, type.precision(), type.scale())) {
                        return false;
                    }
                    wide.append(parser.high(), parser.low());
                    return true;
                });
            }
            case BYTES, BOOL, INT, DOUBLE -> anyDecimal(type, (BytesColumn.Builder) column);
        };
    }

    private static FieldDecoder anyDecimal(DataType.DecimalType type, BytesColumn.Builder column) {
        NumberParser parser = new NumberParser();
        ByteSink sink = new ByteSink(80);
        return of(column, (bytes, from, to) -> {
            sink.clear();
            if (!parser.anyDecimal(bytes, from, to, type, sink)) {
                return false;
            }
            column.append(sink.bytes(), 0, sink.size());
            return true;
        });
    }

    static FieldDecoder floating(DataType.FloatType type, ColumnBuilder column) {
        DoubleColumn.Builder doubles = (DoubleColumn.Builder) column;
        boolean single = type.bits() == 32;
        return of(column, (bytes, from, to) -> {
            if (!FloatText.isFloat(bytes, from, to)) {
                return false;
            }
            double value = FloatText.parseDouble(bytes, from, to);
            doubles.append(single ? (float) value : value);
            return true;
        });
    }

    static FieldDecoder uuid(ColumnBuilder column) {
        WideColumn.Builder wide = (WideColumn.Builder) column;
        return of(column, (bytes, from, to) -> {
            if (!Uuids.isUuid(bytes, from, to)) {
                return false;
            }
            wide.append(Uuids.high(bytes, from), Uuids.low(bytes, from));
            return true;
        });
    }

    static FieldDecoder date(ColumnBuilder column) {
        TimeParser parser = new TimeParser();
        IntColumn.Builder days = (IntColumn.Builder) column;
        return of(column, (bytes, from, to) -> {
            if (!parser.date(bytes, from, to)) {
                return false;
            }
            days.append((int) parser.value());
            return true;
        });
    }

    static FieldDecoder time(DataType.TimeType type, ColumnBuilder column) {
        TimeParser parser = new TimeParser();
        LongColumn.Builder nanos = (LongColumn.Builder) column;
        return of(column, (bytes, from, to) -> {
            if (!parser.time(bytes, from, to, type.precision())) {
                return false;
            }
            nanos.append(parser.value());
            return true;
        });
    }

    /** Points in time come as local times of UTC, which is the zone of every session. */
    static FieldDecoder timestamp(DataType.TimestampType type, ColumnBuilder column) {
        TimeParser parser = new TimeParser();
        LongColumn.Builder micros = (LongColumn.Builder) column;
        return of(column, (bytes, from, to) -> {
            if (!parser.timestamp(bytes, from, to, type.precision(), false)) {
                return false;
            }
            micros.append(parser.value());
            return true;
        });
    }

    static FieldDecoder bytes(ColumnBuilder column, boolean checked) {
        return new BytesDecoder((BytesColumn.Builder) column, checked);
    }

    /** Decodes texts and bytes, also those that are too large for the buffer. */
    static final class BytesDecoder extends FieldDecoder {
        private final BytesColumn.Builder column;
        private final boolean checked;

        private BytesDecoder(BytesColumn.Builder column, boolean checked) {
            super(column);
            this.column = column;
            this.checked = checked;
        }

        @Override
        boolean append(byte[] bytes, int from, int to) {
            if (checked && Utf8.firstInvalid(bytes, from, to) >= 0) {
                return false;
            }
            column.append(bytes, from, to - from);
            return true;
        }

        /** Adds a row whose value comes straight from the wire. The server converts text, so it is not looked at. */
        void appendFrom(MyWire wire, int length) throws java.io.IOException {
            int at = column.reserve(length);
            wire.read(column.data(), at, length);
        }
    }
}
