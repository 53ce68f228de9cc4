package dev.sluice.duckdb;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import java.lang.foreign.MemorySegment;

/** Writes rows of dates and times into vectors; what has no place in DuckDB's ranges becomes NULL. */
final class TimeEncoder {
    private TimeEncoder() {}

    static void dates(IntColumn column, int from, int rows, VectorTarget target) {
        int[] values = column.values();
        MemorySegment out = target.values(rows, 4);
        for (int i = 0; i < rows; i++) {
            int days = values[from + i];
            out.setAtIndex(JAVA_INT_UNALIGNED, i, days == Integer.MIN_VALUE ? TimeRanges.DATE_MINUS_INFINITY : days);
            if (!TimeRanges.hasDate(days)) {
                target.setNull(i);
            }
        }
    }

    static void times(LongColumn column, int from, int rows, VectorTarget target) {
        long[] values = column.values();
        MemorySegment out = target.values(rows, 8);
        for (int i = 0; i < rows; i++) {
            out.setAtIndex(JAVA_LONG_UNALIGNED, i, values[from + i] / TimeRanges.NANOS_PER_MICRO);
        }
    }

    static void zonedTimes(WideColumn column, int from, int rows, VectorTarget target) {
        MemorySegment out = target.values(rows, 8);
        for (int i = 0; i < rows; i++) {
            long micros = column.high(from + i) / TimeRanges.NANOS_PER_MICRO;
            long offset = column.low(from + i);
            if (TimeRanges.hasOffset(offset)) {
                long bits = micros << TimeRanges.OFFSET_BITS | (TimeRanges.MAX_OFFSET - offset);
                out.setAtIndex(JAVA_LONG_UNALIGNED, i, bits);
            } else {
                target.setNull(i);
            }
        }
    }

    static void micros(LongColumn column, int from, int rows, VectorTarget target) {
        long[] values = column.values();
        MemorySegment out = target.values(rows, 8);
        for (int i = 0; i < rows; i++) {
            long micros = values[from + i];
            out.setAtIndex(JAVA_LONG_UNALIGNED, i, micros == Long.MIN_VALUE ? TimeRanges.MINUS_INFINITY : micros);
            if (!TimeRanges.hasMicros(micros)) {
                target.setNull(i);
            }
        }
    }

    static void nanos(WideColumn column, int from, int rows, VectorTarget target) {
        MemorySegment out = target.values(rows, 8);
        for (int i = 0; i < rows; i++) {
            long micros = column.high(from + i);
            long within = column.low(from + i);
            if (micros == Long.MAX_VALUE) {
                out.setAtIndex(JAVA_LONG_UNALIGNED, i, Long.MAX_VALUE);
            } else if (micros == Long.MIN_VALUE) {
                out.setAtIndex(JAVA_LONG_UNALIGNED, i, TimeRanges.MINUS_INFINITY);
            } else if (TimeRanges.hasNanos(micros, within)) {
                out.setAtIndex(JAVA_LONG_UNALIGNED, i, micros * TimeRanges.NANOS_PER_MICRO + within);
            } else {
                target.setNull(i);
            }
        }
    }
}
