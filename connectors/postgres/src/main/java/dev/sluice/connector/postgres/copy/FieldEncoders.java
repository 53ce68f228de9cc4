package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.WideColumn;
import java.io.IOException;

/** The encoders of types of fixed size. */
final class FieldEncoders {
    /** The first and last day that a date holds, in days since 2000-01-01: 4714-11-24 BC to 5874897-12-31. */
    private static final int FIRST_DATE = -2_451_545;

    private static final int LAST_DATE = 2_145_031_948;

    /** The bounds of a timestamp in microseconds since 2000-01-01: 4714-11-24 BC, and before 294277-01-01. */
    private static final long FIRST_TIMESTAMP = -211_813_488_000_000_000L;

    private static final long TIMESTAMP_END = 9_223_371_331_200_000_000L;

    private FieldEncoders() {}

    static final class BoolEncoder extends FieldEncoder {
        private boolean[] values = {};

        @Override
        void column(Column column) {
            values = ((BoolColumn) column).values();
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            int at = out.reserve(5);
            BigEndian.putInt32(out.buffer(), at, 1);
            out.buffer()[at + 4] = (byte) (values[row] ? 1 : 0);
        }
    }

    /** Writes integers of 8 to 32 bits as int2, int4 or int8. */
    static final class IntEncoder extends FieldEncoder {
        private final int bytes;
        private int[] values = {};

        IntEncoder(int bytes) {
            this.bytes = bytes;
        }

        @Override
        void column(Column column) {
            values = ((IntColumn) column).values();
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            int at = out.reserve(4 + bytes);
            byte[] buffer = out.buffer();
            BigEndian.putInt32(buffer, at, bytes);
            switch (bytes) {
                case 2 -> BigEndian.putInt16(buffer, at + 4, values[row]);
                case 4 -> BigEndian.putInt32(buffer, at + 4, values[row]);
                default -> BigEndian.putInt64(buffer, at + 4, values[row]);
            }
        }
    }

    static final class Int8Encoder extends FieldEncoder {
        private long[] values = {};

        @Override
        void column(Column column) {
            values = ((LongColumn) column).values();
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            int at = out.reserve(12);
            BigEndian.putInt32(out.buffer(), at, 8);
            BigEndian.putInt64(out.buffer(), at + 4, values[row]);
        }
    }

    static final class Float4Encoder extends FieldEncoder {
        private double[] values = {};

        @Override
        void column(Column column) {
            values = ((DoubleColumn) column).values();
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            int at = out.reserve(8);
            BigEndian.putInt32(out.buffer(), at, 4);
            BigEndian.putInt32(out.buffer(), at + 4, Float.floatToRawIntBits((float) values[row]));
        }
    }

    static final class Float8Encoder extends FieldEncoder {
        private double[] values = {};

        @Override
        void column(Column column) {
            values = ((DoubleColumn) column).values();
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            int at = out.reserve(12);
            BigEndian.putInt32(out.buffer(), at, 8);
            BigEndian.putInt64(out.buffer(), at + 4, Double.doubleToRawLongBits(values[row]));
        }
    }

    static final class DateEncoder extends FieldEncoder {
        private final String field;
        private final Alterations alterations;
        private int[] values = {};

        DateEncoder(String field, Alterations alterations) {
            this.field = field;
            this.alterations = alterations;
        }

        @Override
        void column(Column column) {
            values = ((IntColumn) column).values();
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            int days = values[row];
            if (days != Integer.MAX_VALUE && days != Integer.MIN_VALUE) {
                long since2000 = (long) days - FieldDecoders.EPOCH_DAYS;
                if (since2000 < FIRST_DATE || since2000 > LAST_DATE) {
                    writeOutOfRange(out, field, alterations);
                    return;
                }
                days = (int) since2000;
            }
            int at = out.reserve(8);
            BigEndian.putInt32(out.buffer(), at, 4);
            BigEndian.putInt32(out.buffer(), at + 4, days);
        }
    }

    /** Writes times without a zone; what is finer than a microsecond is cut off and reported. */
    static final class TimeEncoder extends FieldEncoder {
        private final String field;
        private final Alterations alterations;
        private long[] values = {};

        TimeEncoder(String field, Alterations alterations) {
            this.field = field;
            this.alterations = alterations;
        }

        @Override
        void column(Column column) {
            values = ((LongColumn) column).values();
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            reportFraction(values[row] % 1000, field, alterations);
            int at = out.reserve(12);
            BigEndian.putInt32(out.buffer(), at, 8);
            BigEndian.putInt64(out.buffer(), at + 4, values[row] / 1000);
        }
    }

    static final class TimeWithZoneEncoder extends FieldEncoder {
        private final String field;
        private final Alterations alterations;
        private long[] values = {};

        TimeWithZoneEncoder(String field, Alterations alterations) {
            this.field = field;
            this.alterations = alterations;
        }

        @Override
        void column(Column column) {
            values = ((WideColumn) column).values();
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            long nanos = values[2 * row];
            reportFraction(nanos % 1000, field, alterations);
            int at = out.reserve(16);
            BigEndian.putInt32(out.buffer(), at, 12);
            BigEndian.putInt64(out.buffer(), at + 4, nanos / 1000);
            BigEndian.putInt32(out.buffer(), at + 12, (int) -values[2 * row + 1]);
        }
    }

    /** Writes timestamps with and without a zone; what is finer than a microsecond is cut off and reported. */
    static final class TimestampEncoder extends FieldEncoder {
        private final String field;
        private final Alterations alterations;
        private long[] values = {};
        private boolean wide;

        TimestampEncoder(String field, Alterations alterations) {
            this.field = field;
            this.alterations = alterations;
        }

        @Override
        void column(Column column) {
            if (column instanceof WideColumn nanos) {
                values = nanos.values();
                wide = true;
            } else {
                values = ((LongColumn) column).values();
                wide = false;
            }
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            long micros = wide ? values[2 * row] : values[row];
            if (micros != Long.MAX_VALUE && micros != Long.MIN_VALUE) {
                if (micros < FIRST_TIMESTAMP + FieldDecoders.EPOCH_MICROS
                        || micros - FieldDecoders.EPOCH_MICROS >= TIMESTAMP_END) {
                    writeOutOfRange(out, field, alterations);
                    return;
                }
                micros -= FieldDecoders.EPOCH_MICROS;
                if (wide) {
                    reportFraction(values[2 * row + 1], field, alterations);
                }
            }
            int at = out.reserve(12);
            BigEndian.putInt32(out.buffer(), at, 8);
            BigEndian.putInt64(out.buffer(), at + 4, micros);
        }
    }

    static final class UuidEncoder extends FieldEncoder {
        private long[] values = {};

        @Override
        void column(Column column) {
            values = ((WideColumn) column).values();
        }

        @Override
        void encode(int row, CopyOutput out) throws IOException {
            int at = out.reserve(20);
            byte[] buffer = out.buffer();
            BigEndian.putInt32(buffer, at, 16);
            BigEndian.putInt64(buffer, at + 4, values[2 * row]);
            BigEndian.putInt64(buffer, at + 12, values[2 * row + 1]);
        }
    }

    static void writeOutOfRange(CopyOutput out, String field, Alterations alterations) throws IOException {
        FieldEncoder.writeNull(out);
        alterations.altered(field, ValueChange.Change.NULLED, ValueChange.Reason.DESTINATION_FIELD_SIZE_LIMITATION);
    }

    private static void reportFraction(long lostNanos, String field, Alterations alterations) {
        if (lostNanos != 0) {
            alterations.altered(
                    field, ValueChange.Change.TRUNCATED, ValueChange.Reason.DESTINATION_FIELD_SIZE_LIMITATION);
        }
    }
}
