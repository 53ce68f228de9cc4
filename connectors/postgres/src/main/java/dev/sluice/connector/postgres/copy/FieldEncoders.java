package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.WideColumn;

/** The encoders of types of fixed size. */
final class FieldEncoders {
    /** The first and last day that a date holds, in days since 2000-01-01: 4714-11-24 BC to 5874897-12-31. */
    private static final int FIRST_DATE = -2_451_545;

    private static final int LAST_DATE = 2_145_031_948;

    /** The bounds of a timestamp in microseconds since 2000-01-01: 4714-11-24 BC, and before 294277-01-01. */
    private static final long FIRST_TIMESTAMP = -211_813_488_000_000_000L;

    private static final long TIMESTAMP_END = 9_223_371_331_200_000_000L;

    private FieldEncoders() {}

    static final class BoolEncoder extends FixedEncoder {
        private boolean[] values = {};

        BoolEncoder() {
            super(1, false);
        }

        @Override
        void load(Column next) {
            values = ((BoolColumn) next).values();
        }

        @Override
        void put(int row, byte[] buffer, int at) {
            buffer[at] = (byte) (values[row] ? 1 : 0);
        }
    }

    /** Writes integers of 8 to 32 bits as int2, int4 or int8. */
    static final class IntEncoder extends FixedEncoder {
        private final int bytes;
        private int[] values = {};

        IntEncoder(int bytes) {
            super(bytes, false);
            this.bytes = bytes;
        }

        @Override
        void load(Column next) {
            values = ((IntColumn) next).values();
        }

        @Override
        void put(int row, byte[] buffer, int at) {
            switch (bytes) {
                case 2 -> BigEndian.putInt16(buffer, at, values[row]);
                case 4 -> BigEndian.putInt32(buffer, at, values[row]);
                default -> BigEndian.putInt64(buffer, at, values[row]);
            }
        }
    }

    static final class Int8Encoder extends FixedEncoder {
        private long[] values = {};

        Int8Encoder() {
            super(8, false);
        }

        @Override
        void load(Column next) {
            values = ((LongColumn) next).values();
        }

        @Override
        void put(int row, byte[] buffer, int at) {
            BigEndian.putInt64(buffer, at, values[row]);
        }
    }

    /** Writes floating-point numbers as float4 or float8. */
    static final class FloatEncoder extends FixedEncoder {
        private final int bytes;
        private double[] values = {};

        FloatEncoder(int bytes) {
            super(bytes, false);
            this.bytes = bytes;
        }

        @Override
        void load(Column next) {
            values = ((DoubleColumn) next).values();
        }

        @Override
        void put(int row, byte[] buffer, int at) {
            if (bytes == 4) {
                BigEndian.putInt32(buffer, at, Float.floatToRawIntBits((float) values[row]));
            } else {
                BigEndian.putInt64(buffer, at, Double.doubleToRawLongBits(values[row]));
            }
        }
    }

    static final class DateEncoder extends FixedEncoder {
        private final String field;
        private final Alterations alterations;
        private int[] values = {};

        DateEncoder(String field, Alterations alterations) {
            super(4, true);
            this.field = field;
            this.alterations = alterations;
        }

        @Override
        void load(Column next) {
            values = ((IntColumn) next).values();
        }

        @Override
        boolean fits(int row) {
            long since2000 = (long) values[row] - FieldDecoders.EPOCH_DAYS;
            boolean fits = (since2000 >= FIRST_DATE && since2000 <= LAST_DATE) || isInfinite(values[row]);
            if (!fits) {
                reportOutOfRange(row, field, alterations);
            }
            return fits;
        }

        @Override
        void put(int row, byte[] buffer, int at) {
            int days = values[row];
            BigEndian.putInt32(buffer, at, isInfinite(days) ? days : days - FieldDecoders.EPOCH_DAYS);
        }

        private static boolean isInfinite(int days) {
            return days == Integer.MAX_VALUE || days == Integer.MIN_VALUE;
        }
    }

    /** Writes times without a zone; what is finer than a microsecond is cut off and reported. */
    static final class TimeEncoder extends FixedEncoder {
        private final String field;
        private final Alterations alterations;
        private long[] values = {};

        TimeEncoder(String field, Alterations alterations) {
            super(8, true);
            this.field = field;
            this.alterations = alterations;
        }

        @Override
        void load(Column next) {
            values = ((LongColumn) next).values();
        }

        @Override
        boolean fits(int row) {
            reportFraction(row, values[row] % 1000, field, alterations);
            return true;
        }

        @Override
        void put(int row, byte[] buffer, int at) {
            BigEndian.putInt64(buffer, at, values[row] / 1000);
        }
    }

    static final class TimeWithZoneEncoder extends FixedEncoder {
        private final String field;
        private final Alterations alterations;
        private long[] values = {};

        TimeWithZoneEncoder(String field, Alterations alterations) {
            super(12, true);
            this.field = field;
            this.alterations = alterations;
        }

        @Override
        void load(Column next) {
            values = ((WideColumn) next).values();
        }

        @Override
        boolean fits(int row) {
            reportFraction(row, values[2 * row] % 1000, field, alterations);
            return true;
        }

        @Override
        void put(int row, byte[] buffer, int at) {
            BigEndian.putInt64(buffer, at, values[2 * row] / 1000);
            BigEndian.putInt32(buffer, at + 8, (int) -values[2 * row + 1]);
        }
    }

    /** Writes timestamps with and without a zone; what is finer than a microsecond is cut off and reported. */
    static final class TimestampEncoder extends FixedEncoder {
        private final String field;
        private final Alterations alterations;
        private long[] values = {};
        private boolean wide;

        TimestampEncoder(String field, Alterations alterations) {
            super(8, true);
            this.field = field;
            this.alterations = alterations;
        }

        @Override
        void load(Column next) {
            wide = next instanceof WideColumn;
            values = next instanceof WideColumn nanos ? nanos.values() : ((LongColumn) next).values();
        }

        @Override
        boolean fits(int row) {
            long micros = micros(row);
            if (isInfinite(micros)) {
                return true;
            }
            if (micros < FIRST_TIMESTAMP + FieldDecoders.EPOCH_MICROS
                    || micros - FieldDecoders.EPOCH_MICROS >= TIMESTAMP_END) {
                reportOutOfRange(row, field, alterations);
                return false;
            }
            if (wide) {
                reportFraction(row, values[2 * row + 1], field, alterations);
            }
            return true;
        }

        @Override
        void put(int row, byte[] buffer, int at) {
            long micros = micros(row);
            BigEndian.putInt64(buffer, at, isInfinite(micros) ? micros : micros - FieldDecoders.EPOCH_MICROS);
        }

        private long micros(int row) {
            return wide ? values[2 * row] : values[row];
        }

        private static boolean isInfinite(long micros) {
            return micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
        }
    }

    static final class UuidEncoder extends FixedEncoder {
        private long[] values = {};

        UuidEncoder() {
            super(16, false);
        }

        @Override
        void load(Column next) {
            values = ((WideColumn) next).values();
        }

        @Override
        void put(int row, byte[] buffer, int at) {
            BigEndian.putInt64(buffer, at, values[2 * row]);
            BigEndian.putInt64(buffer, at + 8, values[2 * row + 1]);
        }
    }

    static void reportOutOfRange(int row, String field, Alterations alterations) {
        alterations.altered(
                row, field, ValueChange.Change.NULLED, ValueChange.Reason.DESTINATION_FIELD_SIZE_LIMITATION);
    }

    private static void reportFraction(int row, long lostNanos, String field, Alterations alterations) {
        if (lostNanos != 0) {
            alterations.altered(
                    row, field, ValueChange.Change.TRUNCATED, ValueChange.Reason.DESTINATION_FIELD_SIZE_LIMITATION);
        }
    }
}
