package dev.sluice.connector.mysql.destination;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.FloatText;
import dev.sluice.cdk.text.TimeText;
import dev.sluice.cdk.text.ValueWriter;
import dev.sluice.connector.mysql.destination.LineEncoder.Outcome;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import java.time.LocalDate;

/** The encoders, one a type of values and kind of column. */
final class LineEncoders {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int FIRST_DAY = (int) LocalDate.of(1, 1, 1).toEpochDay();
    private static final int LAST_DAY = (int) LocalDate.of(9999, 12, 31).toEpochDay();
    private static final int NANOS_PER_MICRO = 1_000;

    private LineEncoders() {}

    /**
     * The encoder of a column.
     *
     * @param type the type of the values
     * @param column the type of the column
     * @param json what the server does with JSON
     */
    static LineEncoder of(DataType type, TypeName column, ServerJson json) {
        boolean asText = column.name().equals(ColumnTypes.TEXT);
        return switch (type) {
            case DataType.BoolType ignored -> asText ? text(type) : LineEncoders::truth;
            case DataType.IntType ignored -> text(type);
            case DataType.DecimalType ignored -> asText ? text(type) : number(type);
            case DataType.FloatType ignored -> asText ? text(type) : LineEncoders::floating;
            case DataType.TextType ignored -> new RawEncoder(ServerJson.NONE);
            case DataType.BinaryType ignored -> new RawEncoder(ServerJson.NONE);
            case DataType.UuidType ignored -> text(type);
            case DataType.DateType ignored -> asText ? text(type) : LineEncoders::date;
            case DataType.TimeType time -> asText || time.zoned() ? text(type) : LineEncoders::time;
            case DataType.TimestampType ignored -> asText ? text(type) : LineEncoders::timestamp;
            case DataType.JsonType ignored -> document(asText, json);
            case DataType.ArrayType ignored -> document(asText, json);
            case DataType.ObjectType ignored -> document(asText, json);
            case DataType.UnknownType ignored -> new RawEncoder(ServerJson.NONE);
        };
    }

    private static LineEncoder document(boolean asText, ServerJson json) {
        return new RawEncoder(asText ? ServerJson.NONE : json);
    }

    /** Canonical texts, in which nothing has to be escaped: numbers, times and words of ASCII. */
    private static LineEncoder text(DataType type) {
        ValueWriter writer = ValueWriter.of(type);
        return (column, row, out) -> {
            writer.write(column, row, out.bytes());
            return Outcome.WRITTEN;
        };
    }

    private static Outcome truth(Column column, int row, LineSink out) {
        out.bytes().put(((BoolColumn) column).values()[row] ? '1' : '0');
        return Outcome.WRITTEN;
    }

    private static LineEncoder number(DataType type) {
        ValueWriter writer = ValueWriter.of(type);
        return (column, row, out) -> {
            ByteSink bytes = out.bytes();
            int start = bytes.size();
            writer.write(column, row, bytes);
            byte last = bytes.bytes()[bytes.size() - 1];
            if (last >= '0' && last <= '9') {
                return Outcome.WRITTEN;
            }
            bytes.cutTo(start); // NaN, Infinity
            return Outcome.UNFIT;
        };
    }

    /** Numbers of 32 bits are written as those of 64 that they are: their own shortest text may round otherwise. */
    private static Outcome floating(Column column, int row, LineSink out) {
        double value = ((DoubleColumn) column).values()[row];
        if (!Double.isFinite(value)) {
            return Outcome.UNFIT;
        }
        FloatText.append(out.bytes(), value);
        return Outcome.WRITTEN;
    }

    private static Outcome date(Column column, int row, LineSink out) {
        int days = ((IntColumn) column).values()[row];
        if (days < FIRST_DAY || days > LAST_DAY) {
            return Outcome.UNFIT;
        }
        TimeText.appendDate(out.bytes(), days);
        return Outcome.WRITTEN;
    }

    private static Outcome time(Column column, int row, LineSink out) {
        long nanos = ((LongColumn) column).values()[row];
        long beyond = nanos % NANOS_PER_MICRO;
        TimeText.appendTime(out.bytes(), nanos - beyond);
        return beyond == 0 ? Outcome.WRITTEN : Outcome.CUT;
    }

    private static Outcome timestamp(Column column, int row, LineSink out) {
        boolean wide = column instanceof WideColumn;
        long micros = wide ? ((WideColumn) column).high(row) : ((LongColumn) column).values()[row];
        long day = Math.floorDiv(micros, MICROS_PER_DAY);
        if (day < FIRST_DAY || day > LAST_DAY) {
            return Outcome.UNFIT; // the infinities as well
        }
        TimeText.appendTimestamp(out.bytes(), micros, 0, false);
        return wide && ((WideColumn) column).low(row) != 0 ? Outcome.CUT : Outcome.WRITTEN;
    }

    /** Writes bytes as they are, apart from the four that mean something to LOAD DATA. */
    static final class RawEncoder implements LineEncoder {
        private static final int SLICE = 32 << 10;

        private final ServerJson json;

        RawEncoder(ServerJson json) {
            this.json = json;
        }

        @Override
        public Outcome encode(Column column, int row, LineSink out) throws java.io.IOException {
            BytesColumn bytes = (BytesColumn) column;
            byte[] data = bytes.data();
            int from = bytes.start(row);
            int to = from + bytes.length(row);
            Outcome outcome = json.outcome(data, from, to);
            if (outcome == Outcome.UNFIT) {
                return outcome;
            }
            for (int at = from; at < to; at += SLICE) {
                escape(data, at, Math.min(to, at + SLICE), out.bytes());
                out.sendIfFull();
            }
            return outcome;
        }

        private static void escape(byte[] data, int from, int to, ByteSink out) {
            byte[] target = out.reserve(2 * (to - from));
            int start = out.size();
            int at = start;
            for (int i = from; i < to; i++) {
                byte value = data[i];
                if (value < 0 || (value > '\n' && value != '\\')) {
                    target[at++] = value;
                    continue;
                }
                switch (value) {
                    case '\\' -> at = escaped(target, at, '\\');
                    case '\t' -> at = escaped(target, at, 't');
                    case '\n' -> at = escaped(target, at, 'n');
                    case 0 -> at = escaped(target, at, '0');
                    default -> target[at++] = value;
                }
            }
            out.advance(at - start);
        }

        private static int escaped(byte[] target, int at, char letter) {
            target[at] = '\\';
            target[at + 1] = (byte) letter;
            return at + 2;
        }
    }
}
