package dev.sluice.duckdb;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.util.function.IntConsumer;

/**
 * Which values of ours DuckDB cannot hold; a {@link BatchScan} gives NULL in their place.
 *
 * <p>These are: the decimal NaN; the date of day -2147483647; timestamps before the year 290309 BC, and those with
 * nanoseconds before 1677-09-22 or after 2262-04-11; times whose offset is 16 hours or more.
 */
public final class DuckDbLimits {
    private DuckDbLimits() {}

    /** Tells the rows whose value DuckDB cannot hold, in order. Costs next to nothing for types without such values. */
    public static void forEachUnfit(DataType type, Column column, IntConsumer row) {
        switch (type) {
            case DecimalType ignored -> decimals(column, row);
            case DataType.DateType ignored -> dates((IntColumn) column, row);
            case DataType.TimeType time -> {
                if (time.zoned()) {
                    offsets((WideColumn) column, row);
                }
            }
            case DataType.TimestampType ignored -> timestamps(column, row);
            case DataType.BoolType ignored -> {}
            case DataType.IntType ignored -> {}
            case DataType.FloatType ignored -> {}
            case DataType.TextType ignored -> {}
            case DataType.BinaryType ignored -> {}
            case DataType.UuidType ignored -> {}
            case DataType.JsonType ignored -> {}
            case DataType.ArrayType ignored -> {}
            case DataType.ObjectType ignored -> {}
            case DataType.UnknownType ignored -> {}
        }
    }

    /** True if DuckDB can hold a time with this offset in seconds. */
    public static boolean hasOffset(long seconds) {
        return TimeRanges.hasOffset(seconds);
    }

    /** Only NaN has no place. As text, it has one too. */
    private static void decimals(Column column, IntConsumer rows) {
        switch (column) {
            case LongColumn narrow -> {
                long[] values = narrow.values();
                for (int row = 0; row < column.size(); row++) {
                    if (values[row] == DecimalType.NAN && column.isPresent(row)) {
                        rows.accept(row);
                    }
                }
            }
            case WideColumn wide -> {
                for (int row = 0; row < column.size(); row++) {
                    if (wide.high(row) == DecimalType.NAN && column.isPresent(row)) {
                        rows.accept(row);
                    }
                }
            }
            case BytesColumn ignored -> {}
            case BoolColumn ignored -> {}
            case IntColumn ignored -> {}
            case DoubleColumn ignored -> {}
        }
    }

    private static void dates(IntColumn column, IntConsumer rows) {
        int[] values = column.values();
        for (int row = 0; row < column.size(); row++) {
            if (!TimeRanges.hasDate(values[row]) && column.isPresent(row)) {
                rows.accept(row);
            }
        }
    }

    private static void offsets(WideColumn column, IntConsumer rows) {
        for (int row = 0; row < column.size(); row++) {
            if (!TimeRanges.hasOffset(column.low(row)) && column.isPresent(row)) {
                rows.accept(row);
            }
        }
    }

    private static void timestamps(Column column, IntConsumer rows) {
        for (int row = 0; row < column.size(); row++) {
            boolean fits = column instanceof WideColumn wide
                    ? TimeRanges.hasNanos(wide.high(row), wide.low(row))
                    : TimeRanges.hasMicros(((LongColumn) column).values()[row]);
            if (!fits && column.isPresent(row)) {
                rows.accept(row);
            }
        }
    }
}
