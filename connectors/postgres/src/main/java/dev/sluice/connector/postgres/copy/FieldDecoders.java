package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;

/** The decoders of types of fixed size. PostgreSQL counts days and microseconds from 2000-01-01. */
final class FieldDecoders {
    /** The days from 1970-01-01 to 2000-01-01. */
    static final int EPOCH_DAYS = 10_957;

    /** The microseconds from 1970-01-01T00:00 to 2000-01-01T00:00. */
    static final long EPOCH_MICROS = 946_684_800_000_000L;

    private FieldDecoders() {}

    static final class BoolDecoder extends FieldDecoder {
        private final BoolColumn.Builder column;

        BoolDecoder(BoolColumn.Builder column) {
            super(column);
            this.column = column;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            column.append(bytes[at] != 0);
            return Outcome.DECODED;
        }
    }

    static final class Int2Decoder extends FieldDecoder {
        private final IntColumn.Builder column;

        Int2Decoder(IntColumn.Builder column) {
            super(column);
            this.column = column;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            column.append(BigEndian.int16(bytes, at));
            return Outcome.DECODED;
        }
    }

    static final class Int4Decoder extends FieldDecoder {
        private final IntColumn.Builder column;

        Int4Decoder(IntColumn.Builder column) {
            super(column);
            this.column = column;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            column.append(BigEndian.int32(bytes, at));
            return Outcome.DECODED;
        }
    }

    static final class Int8Decoder extends FieldDecoder {
        private final LongColumn.Builder column;

        Int8Decoder(LongColumn.Builder column) {
            super(column);
            this.column = column;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            column.append(BigEndian.int64(bytes, at));
            return Outcome.DECODED;
        }
    }

    static final class Float4Decoder extends FieldDecoder {
        private final DoubleColumn.Builder column;

        Float4Decoder(DoubleColumn.Builder column) {
            super(column);
            this.column = column;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            column.append(Float.intBitsToFloat(BigEndian.int32(bytes, at)));
            return Outcome.DECODED;
        }
    }

    static final class Float8Decoder extends FieldDecoder {
        private final DoubleColumn.Builder column;

        Float8Decoder(DoubleColumn.Builder column) {
            super(column);
            this.column = column;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            column.append(Double.longBitsToDouble(BigEndian.int64(bytes, at)));
            return Outcome.DECODED;
        }
    }

    static final class DateDecoder extends FieldDecoder {
        private final IntColumn.Builder column;

        DateDecoder(IntColumn.Builder column) {
            super(column);
            this.column = column;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            int days = BigEndian.int32(bytes, at);
            boolean infinite = days == Integer.MAX_VALUE || days == Integer.MIN_VALUE;
            column.append(infinite ? days : days + EPOCH_DAYS);
            return Outcome.DECODED;
        }
    }

    static final class TimeDecoder extends FieldDecoder {
        private final LongColumn.Builder column;

        TimeDecoder(LongColumn.Builder column) {
            super(column);
            this.column = column;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            column.append(BigEndian.int64(bytes, at) * 1000);
            return Outcome.DECODED;
        }
    }

    static final class TimeWithZoneDecoder extends FieldDecoder {
        private final WideColumn.Builder column;

        TimeWithZoneDecoder(WideColumn.Builder column) {
            super(column);
            this.column = column;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            // PostgreSQL counts zones in seconds west of Greenwich.
            column.append(BigEndian.int64(bytes, at) * 1000, -BigEndian.int32(bytes, at + 8));
            return Outcome.DECODED;
        }
    }

    static final class TimestampDecoder extends FieldDecoder {
        private final LongColumn.Builder column;

        TimestampDecoder(LongColumn.Builder column) {
            super(column);
            this.column = column;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            long micros = BigEndian.int64(bytes, at);
            if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
                column.append(micros);
                return Outcome.DECODED;
            }
            long sinceEpoch = micros + EPOCH_MICROS;
            if (micros > 0 && sinceEpoch < 0) {
                // PostgreSQL reaches to the end of 294276, microseconds since 1970 only to 294247-01-10.
                column.appendNull();
                return Outcome.OUT_OF_RANGE;
            }
            column.append(sinceEpoch);
            return Outcome.DECODED;
        }
    }

    static final class UuidDecoder extends FieldDecoder {
        private final WideColumn.Builder column;

        UuidDecoder(WideColumn.Builder column) {
            super(column);
            this.column = column;
        }

        @Override
        Outcome decode(byte[] bytes, int at, int length) {
            column.append(BigEndian.int64(bytes, at), BigEndian.int64(bytes, at + 8));
            return Outcome.DECODED;
        }
    }
}
