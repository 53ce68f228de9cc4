package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sluice.duckdb.VectorDecoder.Slice;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.WideColumn;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Reads vectors of dates and times into columns. */
final class TimeDecoder {
    private TimeDecoder() {}

    static void dates(Slice slice, IntColumn.Builder builder) {
        MemorySegment values = slice.values(4);
        for (int row = slice.from(); row < slice.to(); row++) {
            if (slice.isValid(row)) {
                int days = values.getAtIndex(JAVA_INT_UNALIGNED, row);
                builder.append(days == TimeRanges.DATE_MINUS_INFINITY ? Integer.MIN_VALUE : days);
            } else {
                builder.appendNull();
            }
        }
    }

    /** Microseconds since midnight. */
    static void times(Slice slice, LongColumn.Builder builder) {
        MemorySegment values = slice.values(8);
        for (int row = slice.from(); row < slice.to(); row++) {
            if (slice.isValid(row)) {
                builder.append(values.getAtIndex(JAVA_LONG_UNALIGNED, row) * TimeRanges.NANOS_PER_MICRO);
            } else {
                builder.appendNull();
            }
        }
    }

    /** 40 bits of microseconds since midnight, and 24 bits that count offsets down from the greatest one. */
    static void zonedTimes(Slice slice, WideColumn.Builder builder) {
        MemorySegment values = slice.values(8);
        for (int row = slice.from(); row < slice.to(); row++) {
            if (slice.isValid(row)) {
                long bits = values.getAtIndex(JAVA_LONG_UNALIGNED, row);
                long offset = TimeRanges.MAX_OFFSET - (bits & ((1L << TimeRanges.OFFSET_BITS) - 1));
                builder.append((bits >>> TimeRanges.OFFSET_BITS) * TimeRanges.NANOS_PER_MICRO, offset);
            } else {
                builder.appendNull();
            }
        }
    }

    static void micros(Slice slice, LongColumn.Builder builder) {
        MemorySegment values = slice.values(8);
        for (int row = slice.from(); row < slice.to(); row++) {
            if (slice.isValid(row)) {
                long micros = values.getAtIndex(JAVA_LONG_UNALIGNED, row);
                builder.append(micros == TimeRanges.MINUS_INFINITY ? Long.MIN_VALUE : micros);
            } else {
                builder.appendNull();
            }
        }
    }

    /** Seconds and milliseconds; their range is wider than that of microseconds. */
    static void coarse(ResultColumn column, Slice slice, LongColumn.Builder builder, List<ValueChange> changes) {
        long unit = column.vector() == TypeId.TIMESTAMP_S ? 1_000_000 : 1000;
        MemorySegment values = slice.values(8);
        for (int row = slice.from(); row < slice.to(); row++) {
            if (!slice.isValid(row)) {
                builder.appendNull();
                continue;
            }
            long value = values.getAtIndex(JAVA_LONG_UNALIGNED, row);
            if (value == Long.MAX_VALUE) {
                builder.append(Long.MAX_VALUE);
            } else if (value == TimeRanges.MINUS_INFINITY) {
                builder.append(Long.MIN_VALUE);
            } else if (Math.multiplyHigh(value, unit) == (value * unit) >> 63) {
                builder.append(value * unit);
            } else {
                builder.appendNull();
                changes.add(new ValueChange(
                        slice.batchRow() + row - slice.from(),
                        column.field().name(),
                        ValueChange.Change.NULLED,
                        ValueChange.Reason.SOURCE_FIELD_SIZE_LIMITATION));
            }
        }
    }

    static void nanos(Slice slice, WideColumn.Builder builder) {
        MemorySegment values = slice.values(8);
        for (int row = slice.from(); row < slice.to(); row++) {
            if (!slice.isValid(row)) {
                builder.appendNull();
                continue;
            }
            long nanos = values.getAtIndex(JAVA_LONG_UNALIGNED, row);
            if (nanos == Long.MAX_VALUE) {
                builder.append(Long.MAX_VALUE, 0);
            } else if (nanos == TimeRanges.MINUS_INFINITY) {
                builder.append(Long.MIN_VALUE, 0);
            } else {
                builder.append(
                        Math.floorDiv(nanos, TimeRanges.NANOS_PER_MICRO),
                        Math.floorMod(nanos, TimeRanges.NANOS_PER_MICRO));
            }
        }
    }
}
