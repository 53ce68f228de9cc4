package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Reads vectors into columns.
 *
 * <p>One loop for each kind of vector, chosen once a chunk and column, so that the loops hold no decision but the one about
 * NULL. The layouts are those of the C interface: {@code duckdb.h}, the types of {@code duckdb_vector_get_data}.
 */
final class VectorDecoder {
    private VectorDecoder() {}

    /**
     * A part of a vector.
     *
     * @param data the address of its values
     * @param validity the address of its bit mask, or 0 if no row is NULL
     * @param from the first row
     * @param to the row after the last one
     * @param batchRow the row of the batch where the first one goes
     */
    record Slice(long data, long validity, int from, int to, int batchRow) {
        boolean isValid(int row) {
            return Chunk.isValid(validity, row);
        }

        MemorySegment values(int width) {
            return Memory.at(data, (long) to * width);
        }
    }

    static void decode(
            ResultColumn column, Slice slice, ColumnBuilder builder, LargeValues large, List<ValueChange> changes) {
        switch (column.vector()) {
            case BOOLEAN -> booleans(slice, (BoolColumn.Builder) builder);
            case TINYINT -> bytes(slice, (IntColumn.Builder) builder, -1);
            case UTINYINT -> bytes(slice, (IntColumn.Builder) builder, 0xff);
            case SMALLINT -> shorts(slice, (IntColumn.Builder) builder, -1);
            case USMALLINT -> shorts(slice, (IntColumn.Builder) builder, 0xffff);
            case INTEGER -> ints(slice, (IntColumn.Builder) builder);
            case DATE -> TimeDecoder.dates(slice, (IntColumn.Builder) builder);
            case UINTEGER -> intsToLongs(slice, (LongColumn.Builder) builder, 0xffff_ffffL);
            case BIGINT -> longs(slice, (LongColumn.Builder) builder);
            case UBIGINT -> unsignedLongs(slice, (WideColumn.Builder) builder);
            case DECIMAL -> decimals((DataType.DecimalType) column.field().type(), slice, builder);
            case FLOAT -> floats(slice, (DoubleColumn.Builder) builder);
            case DOUBLE -> doubles(slice, (DoubleColumn.Builder) builder);
            case UUID -> wide(slice, (WideColumn.Builder) builder, Long.MIN_VALUE);
            case TIME -> TimeDecoder.times(slice, (LongColumn.Builder) builder);
            case TIME_NS -> longs(slice, (LongColumn.Builder) builder);
            case TIME_TZ -> TimeDecoder.zonedTimes(slice, (WideColumn.Builder) builder);
            case TIMESTAMP_S, TIMESTAMP_MS -> TimeDecoder.coarse(column, slice, (LongColumn.Builder) builder, changes);
            case TIMESTAMP, TIMESTAMP_TZ -> TimeDecoder.micros(slice, (LongColumn.Builder) builder);
            case TIMESTAMP_NS, TIMESTAMP_TZ_NS -> TimeDecoder.nanos(slice, (WideColumn.Builder) builder);
            case VARCHAR, BLOB -> new BytesDecoder(column, large, changes).decode(slice, builder);
            case INVALID,
                    INTERVAL,
                    HUGEINT,
                    UHUGEINT,
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
                    OTHER -> throw new IllegalStateException(column.vector() + " comes as text");
        }
    }

    private static void booleans(Slice slice, BoolColumn.Builder builder) {
        MemorySegment values = slice.values(1);
        for (int row = slice.from; row < slice.to; row++) {
            if (slice.isValid(row)) {
                builder.append(values.get(JAVA_BYTE, row) != 0);
            } else {
                builder.appendNull();
            }
        }
    }

    private static void bytes(Slice slice, IntColumn.Builder builder, int mask) {
        MemorySegment values = slice.values(1);
        for (int row = slice.from; row < slice.to; row++) {
            if (slice.isValid(row)) {
                builder.append(values.get(JAVA_BYTE, row) & mask);
            } else {
                builder.appendNull();
            }
        }
    }

    private static void shorts(Slice slice, IntColumn.Builder builder, int mask) {
        MemorySegment values = slice.values(2);
        for (int row = slice.from; row < slice.to; row++) {
            if (slice.isValid(row)) {
                builder.append(values.getAtIndex(JAVA_SHORT_UNALIGNED, row) & mask);
            } else {
                builder.appendNull();
            }
        }
    }

    private static void ints(Slice slice, IntColumn.Builder builder) {
        MemorySegment values = slice.values(4);
        for (int row = slice.from; row < slice.to; row++) {
            if (slice.isValid(row)) {
                builder.append(values.getAtIndex(JAVA_INT_UNALIGNED, row));
            } else {
                builder.appendNull();
            }
        }
    }

    private static void intsToLongs(Slice slice, LongColumn.Builder builder, long mask) {
        MemorySegment values = slice.values(4);
        for (int row = slice.from; row < slice.to; row++) {
            if (slice.isValid(row)) {
                builder.append(values.getAtIndex(JAVA_INT_UNALIGNED, row) & mask);
            } else {
                builder.appendNull();
            }
        }
    }

    private static void shortsToLongs(Slice slice, LongColumn.Builder builder) {
        MemorySegment values = slice.values(2);
        for (int row = slice.from; row < slice.to; row++) {
            if (slice.isValid(row)) {
                builder.append(values.getAtIndex(JAVA_SHORT_UNALIGNED, row));
            } else {
                builder.appendNull();
            }
        }
    }

    private static void longs(Slice slice, LongColumn.Builder builder) {
        MemorySegment values = slice.values(8);
        for (int row = slice.from; row < slice.to; row++) {
            if (slice.isValid(row)) {
                builder.append(values.getAtIndex(JAVA_LONG_UNALIGNED, row));
            } else {
                builder.appendNull();
            }
        }
    }

    private static void unsignedLongs(Slice slice, WideColumn.Builder builder) {
        MemorySegment values = slice.values(8);
        for (int row = slice.from; row < slice.to; row++) {
            if (slice.isValid(row)) {
                builder.append(0, values.getAtIndex(JAVA_LONG_UNALIGNED, row));
            } else {
                builder.appendNull();
            }
        }
    }

    private static void floats(Slice slice, DoubleColumn.Builder builder) {
        MemorySegment values = slice.values(4);
        for (int row = slice.from; row < slice.to; row++) {
            if (slice.isValid(row)) {
                builder.append(values.getAtIndex(JAVA_FLOAT_UNALIGNED, row));
            } else {
                builder.appendNull();
            }
        }
    }

    private static void doubles(Slice slice, DoubleColumn.Builder builder) {
        MemorySegment values = slice.values(8);
        for (int row = slice.from; row < slice.to; row++) {
            if (slice.isValid(row)) {
                builder.append(values.getAtIndex(JAVA_DOUBLE_UNALIGNED, row));
            } else {
                builder.appendNull();
            }
        }
    }

    /** A decimal has the smallest integer that holds its digits: 16, 32, 64 or 128 bits. */
    private static void decimals(DataType.DecimalType type, Slice slice, ColumnBuilder builder) {
        if (type.precision() > DataType.DecimalType.MAX_LONG_PRECISION) {
            wide(slice, (WideColumn.Builder) builder, 0);
        } else if (type.precision() > 9) {
            longs(slice, (LongColumn.Builder) builder);
        } else if (type.precision() > 4) {
            intsToLongs(slice, (LongColumn.Builder) builder, -1);
        } else {
            shortsToLongs(slice, (LongColumn.Builder) builder);
        }
    }

    /** 128 bits, the less significant half first; a UUID has its first bit flipped so that it sorts as a number. */
    private static void wide(Slice slice, WideColumn.Builder builder, long flippedBits) {
        MemorySegment values = slice.values(16);
        for (int row = slice.from; row < slice.to; row++) {
            if (slice.isValid(row)) {
                long low = values.getAtIndex(JAVA_LONG_UNALIGNED, 2L * row);
                builder.append(values.getAtIndex(JAVA_LONG_UNALIGNED, 2L * row + 1) ^ flippedBits, low);
            } else {
                builder.appendNull();
            }
        }
    }
}
