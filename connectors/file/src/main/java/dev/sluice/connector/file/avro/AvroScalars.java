package dev.sluice.connector.file.avro;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.FloatText;
import dev.sluice.cdk.text.JsonScanner;
import dev.sluice.cdk.text.JsonText;
import dev.sluice.cdk.text.NumberText;
import dev.sluice.cdk.text.TimeText;
import dev.sluice.cdk.text.Utf8;
import dev.sluice.cdk.text.Uuids;
import dev.sluice.connector.file.input.DamagedFileException;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.avro.Schema;

/** Values that are no documents, except decimals. */
final class AvroScalars {
    private AvroScalars() {}

    static final class Truth extends AvroValue {
        private boolean value;

        @Override
        void read(AvroBytes in) throws DamagedFileException {
            value = in.truth();
        }

        @Override
        void append(ColumnBuilder column) {
            ((BoolColumn.Builder) column).append(value);
        }

        @Override
        void json(ByteSink out) {
            out.put(value ? "true" : "false");
        }
    }

    /** Integers, of which a date is one. */
    static final class Whole extends AvroValue {
        private final boolean wide;
        private final boolean date;
        private final DataType target;
        private long value;

        Whole(boolean wide, boolean date, DataType target) {
            this.wide = wide;
            this.date = date;
            this.target = target;
        }

        @Override
        void read(AvroBytes in) throws DamagedFileException {
            value = wide ? in.whole() : in.whole32();
            // Two days stand for the infinities, which Avro does not know.
            unfit(date && (value == Integer.MAX_VALUE || value == Integer.MIN_VALUE));
        }

        @Override
        void append(ColumnBuilder column) {
            if (target instanceof DataType.DecimalType decimal) {
                AvroDecimal.append(BigDecimal.valueOf(value), decimal, column);
                return;
            }
            switch (column) {
                case IntColumn.Builder ints -> ints.append((int) value);
                case LongColumn.Builder longs -> longs.append(value);
                case null, default -> throw new IllegalStateException("integers go to no such column");
            }
        }

        @Override
        void json(ByteSink out) {
            if (date) {
                out.put('"');
                TimeText.appendDate(out, (int) value);
                out.put('"');
            } else {
                NumberText.append(out, value);
            }
        }
    }

    static final class Floating extends AvroValue {
        private final boolean wide;
        private double value;

        Floating(boolean wide) {
            this.wide = wide;
        }

        @Override
        void read(AvroBytes in) throws DamagedFileException {
            value = wide ? in.float64() : in.float32();
        }

        @Override
        void append(ColumnBuilder column) {
            ((DoubleColumn.Builder) column).append(value);
        }

        @Override
        void json(ByteSink out) {
            boolean word = Double.isNaN(value) || Double.isInfinite(value);
            out.put(word ? "\"" : "");
            if (wide) {
                FloatText.append(out, value);
            } else {
                FloatText.append(out, (float) value);
            }
            out.put(word ? "\"" : "");
        }
    }

    /** A time of day. */
    static final class Time extends AvroValue {
        private static final long NANOS_A_DAY = 86_400_000_000_000L;

        private final boolean wide;
        private final long unit;
        private long nanos;

        Time(boolean wide) {
            this.wide = wide;
            this.unit = wide ? 1_000 : 1_000_000;
        }

        @Override
        void read(AvroBytes in) throws DamagedFileException {
            long value = wide ? in.whole() : in.whole32();
            unfit(value < 0 || value > NANOS_A_DAY / unit);
            nanos = value * unit;
        }

        @Override
        void append(ColumnBuilder column) {
            ((LongColumn.Builder) column).append(nanos);
        }

        @Override
        void json(ByteSink out) {
            out.put('"');
            TimeText.appendTime(out, nanos);
            out.put('"');
        }
    }

    /** A point in time, or a local one. */
    static final class Moment extends AvroValue {
        private final DataType.TimestampType own;
        private long micros;
        private int nanosWithin;

        Moment(DataType.TimestampType own) {
            this.own = own;
        }

        @Override
        void read(AvroBytes in) throws DamagedFileException {
            long value = in.whole();
            micros = switch (own.precision()) {
                case 3 -> value * 1000;
                case 9 -> Math.floorDiv(value, 1000);
                default -> value;
            };
            nanosWithin = own.precision() == 9 ? (int) Math.floorMod(value, 1000L) : 0;
            boolean tooFar = own.precision() == 3 && micros / 1000 != value;
            // Two numbers stand for the infinities, which Avro does not know.
            unfit(tooFar || micros == Long.MAX_VALUE || micros == Long.MIN_VALUE);
        }

        @Override
        void append(ColumnBuilder column) {
            if (column instanceof WideColumn.Builder wide) {
                wide.append(micros, nanosWithin);
            } else {
                ((LongColumn.Builder) column).append(micros);
            }
        }

        @Override
        void json(ByteSink out) {
            out.put('"');
            TimeText.appendTimestamp(out, micros, nanosWithin, own.zoned());
            out.put('"');
        }
    }

    /** Values that are runs of bytes in the block. */
    abstract static class Run extends AvroValue {
        private byte[] data = {};
        private int from;
        private int length;

        final void take(AvroBytes in, int bytes) throws DamagedFileException {
            from = in.skip(bytes);
            data = in.data();
            length = bytes;
        }

        final byte[] data() {
            return data;
        }

        final int from() {
            return from;
        }

        final int to() {
            return from + length;
        }

        @Override
        void append(ColumnBuilder column) {
            ((BytesColumn.Builder) column).append(data, from, length);
        }

        @Override
        int bytes() {
            return length;
        }
    }

    static final class Text extends Run {
        private final boolean document;
        private final JsonScanner scanner = new JsonScanner();

        Text(boolean document) {
            this.document = document;
        }

        @Override
        void read(AvroBytes in) throws DamagedFileException {
            take(in, in.length());
            unfit(Utf8.firstInvalid(data(), from(), to()) >= 0 || (document && !scanner.isValue(data(), from(), to())));
        }

        @Override
        void json(ByteSink out) {
            if (document) {
                out.put(data(), from(), to() - from());
            } else {
                JsonText.appendString(out, data(), from(), to());
            }
        }
    }

    /** Bytes, of a length that stands before them or in the schema. */
    static final class Binary extends Run {
        private final int fixed;

        Binary(Schema schema) {
            this.fixed = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
        }

        @Override
        void read(AvroBytes in) throws DamagedFileException {
            take(in, fixed < 0 ? in.length() : fixed);
        }

        @Override
        void json(ByteSink out) {
            out.put('"');
            out.put(Base64.getEncoder()
                    .encode(ByteBuffer.wrap(data(), from(), to() - from()))
                    .array());
            out.put('"');
        }
    }

    static final class Uuid extends Run {
        private final boolean fixed;
        private long high;
        private long low;

        Uuid(Schema schema) {
            this.fixed = schema.getType() == Schema.Type.FIXED;
        }

        @Override
        void read(AvroBytes in) throws DamagedFileException {
            take(in, fixed ? 16 : in.length());
            boolean good = fixed || Uuids.isUuid(data(), from(), to());
            unfit(!good);
            if (fixed) {
                ByteBuffer bytes = ByteBuffer.wrap(data(), from(), 16);
                high = bytes.getLong();
                low = bytes.getLong();
            } else if (good) {
                high = Uuids.high(data(), from());
                low = Uuids.low(data(), from());
            }
        }

        @Override
        void append(ColumnBuilder column) {
            ((WideColumn.Builder) column).append(high, low);
        }

        @Override
        void json(ByteSink out) {
            out.put('"');
            Uuids.append(out, high, low);
            out.put('"');
        }
    }

    /** One of some words. */
    static final class Word extends AvroValue {
        private final List<byte[]> words;
        private byte[] word = {};

        Word(Schema schema) {
            this.words = schema.getEnumSymbols().stream()
                    .map(symbol -> symbol.getBytes(StandardCharsets.UTF_8))
                    .toList();
        }

        @Override
        void read(AvroBytes in) throws DamagedFileException {
            word = words.get(in.index(words.size()));
        }

        @Override
        void append(ColumnBuilder column) {
            ((BytesColumn.Builder) column).append(word);
        }

        @Override
        void json(ByteSink out) {
            JsonText.appendString(out, word, 0, word.length);
        }
    }
}
