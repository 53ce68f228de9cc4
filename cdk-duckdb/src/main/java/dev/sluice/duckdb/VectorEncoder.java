package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes rows of columns into vectors: whole arrays where the layouts agree, one plain loop for each other kind.
 *
 * <p>At rows without a value the vectors hold anything; only the bit mask counts there.
 */
final class VectorEncoder {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private VectorEncoder() {}

    /**
     * Writes some rows of a column from the beginning of a vector on.
     *
     * @param bytesAt for texts and blobs the address that stands for the beginning of the column's array
     */
    static void encode(DataType type, Column column, int from, int rows, VectorTarget target, long bytesAt) {
        switch (ScanTypes.id(type)) {
            case BOOLEAN -> booleans((BoolColumn) column, from, rows, target);
            case TINYINT -> bytes((IntColumn) column, from, rows, target);
            case SMALLINT -> shorts((IntColumn) column, from, rows, target);
            case INTEGER -> {
                int[] values = ((IntColumn) column).values();
                MemorySegment.copy(values, from, target.values(rows, 4), JAVA_INT_UNALIGNED, 0, rows);
            }
            case BIGINT, TIME_NS -> longs(((LongColumn) column).values(), from, rows, target);
            case FLOAT -> floats((DoubleColumn) column, from, rows, target);
            case DOUBLE -> {
                double[] values = ((DoubleColumn) column).values();
                MemorySegment.copy(values, from, target.values(rows, 8), JAVA_DOUBLE_UNALIGNED, 0, rows);
            }
            case DECIMAL -> decimals((DecimalType) type, column, from, rows, target);
            case UUID -> wide((WideColumn) column, from, rows, target, Long.MIN_VALUE);
            case DATE -> TimeEncoder.dates((IntColumn) column, from, rows, target);
            case TIME -> TimeEncoder.times((LongColumn) column, from, rows, target);
            case TIME_TZ -> TimeEncoder.zonedTimes((WideColumn) column, from, rows, target);
            case TIMESTAMP, TIMESTAMP_TZ -> TimeEncoder.micros((LongColumn) column, from, rows, target);
            case TIMESTAMP_NS, TIMESTAMP_TZ_NS -> TimeEncoder.nanos((WideColumn) column, from, rows, target);
            case VARCHAR, BLOB -> strings((BytesColumn) column, from, rows, target, bytesAt);
            case INVALID,
                    UTINYINT,
                    USMALLINT,
                    UINTEGER,
                    UBIGINT,
                    INTERVAL,
                    HUGEINT,
                    UHUGEINT,
                    TIMESTAMP_S,
                    TIMESTAMP_MS,
                    ENUM,
                    LIST,
                    STRUCT,
                    MAP,
                    UNION,
                    BIT,
                    ARRAY,
                    BIGNUM,
                    SQLNULL,
                    GEOMETRY,
                    VARIANT,
                    OTHER -> throw new IllegalStateException("no type of ours becomes a " + ScanTypes.id(type));
        }
        nulls(column, from, rows, target);
    }

    private static void nulls(Column column, int from, int rows, VectorTarget target) {
        if (column.hasNulls() || column.hasUnchanged()) {
            for (int i = 0; i < rows; i++) {
                if (!column.isPresent(from + i)) {
                    target.setNull(i);
                }
            }
        }
    }

    private static void booleans(BoolColumn column, int from, int rows, VectorTarget target) {
        boolean[] values = column.values();
        MemorySegment out = target.values(rows, 1);
        for (int i = 0; i < rows; i++) {
            out.set(JAVA_BYTE, i, (byte) (values[from + i] ? 1 : 0));
        }
    }

    private static void bytes(IntColumn column, int from, int rows, VectorTarget target) {
        int[] values = column.values();
        MemorySegment out = target.values(rows, 1);
        for (int i = 0; i < rows; i++) {
            out.set(JAVA_BYTE, i, (byte) values[from + i]);
        }
    }

    private static void shorts(IntColumn column, int from, int rows, VectorTarget target) {
        int[] values = column.values();
        MemorySegment out = target.values(rows, 2);
        for (int i = 0; i < rows; i++) {
            out.setAtIndex(JAVA_SHORT_UNALIGNED, i, (short) values[from + i]);
        }
    }

    private static void longs(long[] values, int from, int rows, VectorTarget target) {
        MemorySegment.copy(values, from, target.values(rows, 8), JAVA_LONG_UNALIGNED, 0, rows);
    }

    private static void floats(DoubleColumn column, int from, int rows, VectorTarget target) {
        double[] values = column.values();
        MemorySegment out = target.values(rows, 4);
        for (int i = 0; i < rows; i++) {
            out.setAtIndex(JAVA_FLOAT_UNALIGNED, i, (float) values[from + i]);
        }
    }

    /** A decimal has the smallest integer that holds its digits; NaN has no place in any. */
    private static void decimals(DecimalType type, Column column, int from, int rows, VectorTarget target) {
        if (type.precision() > DecimalType.MAX_LONG_PRECISION) {
            wide((WideColumn) column, from, rows, target, 0);
            for (int i = 0; i < rows; i++) {
                if (((WideColumn) column).high(from + i) == DecimalType.NAN) {
                    target.setNull(i);
                }
            }
            return;
        }
        long[] values = ((LongColumn) column).values();
        if (type.precision() > 9) {
            longs(values, from, rows, target);
        } else if (type.precision() > 4) {
            MemorySegment out = target.values(rows, 4);
            for (int i = 0; i < rows; i++) {
                out.setAtIndex(JAVA_INT_UNALIGNED, i, (int) values[from + i]);
            }
        } else {
            MemorySegment out = target.values(rows, 2);
            for (int i = 0; i < rows; i++) {
                out.setAtIndex(JAVA_SHORT_UNALIGNED, i, (short) values[from + i]);
            }
        }
        for (int i = 0; i < rows; i++) {
            if (values[from + i] == DecimalType.NAN) {
                target.setNull(i);
            }
        }
    }

    private static void wide(WideColumn column, int from, int rows, VectorTarget target, long flippedBits) {
        long[] values = column.values();
        MemorySegment out = target.values(rows, 16);
        for (int i = 0; i < rows; i++) {
            int at = 2 * (from + i);
            out.setAtIndex(JAVA_LONG_UNALIGNED, 2L * i, values[at + 1]);
            out.setAtIndex(JAVA_LONG_UNALIGNED, 2L * i + 1, values[at] ^ flippedBits);
        }
    }

    /** See {@link BytesDecoder} for the layout; what is shorter than 12 bytes is filled with zeros. */
    private static void strings(BytesColumn column, int from, int rows, VectorTarget target, long bytesAt) {
        byte[] data = column.data();
        int[] offsets = column.offsets();
        MemorySegment out = target.values(rows, BytesDecoder.STRING_BYTES);
        for (int i = 0; i < rows; i++) {
            int start = offsets[from + i];
            int length = offsets[from + i + 1] - start;
            long head;
            long tail;
            if (length > BytesDecoder.INLINE_BYTES) {
                head = (int) INTS.get(data, start);
                tail = bytesAt + start;
            } else {
                head = word(data, start, Math.min(4, length));
                tail = length > 4 ? word(data, start + 4, length - 4) : 0;
            }
            out.setAtIndex(JAVA_LONG_UNALIGNED, 2L * i, head << 32 | length);
            out.setAtIndex(JAVA_LONG_UNALIGNED, 2L * i + 1, tail);
        }
    }

    /** Up to eight bytes as a little-endian number. */
    private static long word(byte[] data, int start, int length) {
        if (length == 8) {
            return (long) LONGS.get(data, start);
        }
        if (length > 0 && start + 8 <= data.length) {
            return (long) LONGS.get(data, start) & -1L >>> (64 - 8 * length);
        }
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (data[start + i] & 0xffL) << (8 * i);
        }
        return word;
    }
}
