package dev.sluice.connector.sqlite.destination;

import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.ValueWriter;
import dev.sluice.connector.sqlite.session.TypeName;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.ValueChange.Reason;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes what the driver takes of the values of one field. For one thread. */
final class ValueBinder {
    private static final int MAX_BYTES = 1_000_000_000;
    private static final int TEXT_SIZE = 64;

    private final LoadColumn.Data data;
    private final Making making;
    private final Reason reason;

    /** Makes a value of a row that is present; null if SQLite has none like it. */
    @FunctionalInterface
    private interface Making {
        @Nullable
        Object of(Column column, int row);
    }

    private ValueBinder(LoadColumn.Data data) {
        this.data = data;
        this.making = making(data);
        this.reason = data.type() instanceof DataType.FloatType || data.type() instanceof DecimalType
                ? Reason.DESTINATION_SERIALIZATION_ERROR
                : Reason.DESTINATION_FIELD_SIZE_LIMITATION;
    }

    static ValueBinder of(LoadColumn.Data data) {
        return new ValueBinder(data);
    }

    LoadColumn.Data data() {
        return data;
    }

    /** Why a value becomes null. */
    Reason reason() {
        return reason;
    }

    /** The value of a row; null if it has none, or if SQLite has none like it. */
    @Nullable
    Object value(Column column, int row) {
        return column.isPresent(row) ? making.of(column, row) : null;
    }

    /** True if the row has a value that becomes null. */
    boolean isMisfit(Column column, int row) {
        return column.isPresent(row) && making.of(column, row) == null;
    }

    private static Making making(LoadColumn.Data data) {
        boolean number = ColumnTypes.isNumber(TypeName.parse(data.columnType()));
        return switch (data.type()) {
            case DataType.BinaryType ignored ->
                (column, row) ->
                        ((BytesColumn) column).length(row) > MAX_BYTES ? null : ((BytesColumn) column).copy(row);
            case DataType.BoolType ignored
            when number -> (column, row) -> ((BoolColumn) column).values()[row] ? (Object) 1 : (Object) 0;
            case DataType.IntType(int bits)
            when number ->
                bits == 64
                        ? (column, row) -> (Object) ((LongColumn) column).values()[row]
                        : (column, row) -> (Object) ((IntColumn) column).values()[row];
            case DataType.FloatType ignored
            when number ->
                (column, row) -> {
                    double value = ((DoubleColumn) column).values()[row];
                    return Double.isNaN(value) ? null : (Object) value;
                };
            case DecimalType decimal when number -> decimal(decimal.scale());
            default -> text(data.type());
        };
    }

    /** With at most 15 digits both numbers are exact, so the one rounding of the division gives the nearest. */
    private static Making decimal(int scale) {
        double power = Math.pow(10, scale);
        return (column, row) -> {
            long unscaled = ((LongColumn) column).values()[row];
            if (unscaled == DecimalType.NAN) {
                return null;
            }
            return scale == 0 ? (Object) unscaled : (Object) (unscaled / power);
        };
    }

    private static Making text(DataType type) {
        ValueWriter writer = ValueWriter.of(type);
        ByteSink sink = new ByteSink(TEXT_SIZE);
        return (column, row) -> {
            if (column instanceof BytesColumn bytes) {
                return bytes.length(row) > MAX_BYTES ? null : bytes.text(row);
            }
            sink.clear();
            writer.write(column, row, sink);
            return new String(sink.bytes(), 0, sink.size(), StandardCharsets.ISO_8859_1);
        };
    }
}
