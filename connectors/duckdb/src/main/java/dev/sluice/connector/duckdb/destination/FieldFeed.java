package dev.sluice.connector.duckdb.destination;

import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.ValueWriter;
import dev.sluice.duckdb.DuckDbLimits;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.ValueChange.Change;
import dev.sluice.spi.data.ValueChange.Reason;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Layout;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the values of one field go into their column: as they are, or as their canonical text into a column of text. */
final class FieldFeed {
    private static final int NANOS_PER_MICRO = 1000;

    private final LoadColumn.Data data;
    private final DataType type;
    private final @Nullable ValueWriter text;
    private final ByteSink sink = new ByteSink(64);

    private FieldFeed(LoadColumn.Data data, DataType type, @Nullable ValueWriter text) {
        this.data = data;
        this.type = type;
        this.text = text;
    }

    static FieldFeed of(LoadColumn.Data data) {
        if (!data.columnType().equals(ColumnTypes.TEXT)) {
            return new FieldFeed(data, data.type(), null);
        }
        boolean isText = data.type().layout() == Layout.BYTES && !(data.type() instanceof DataType.BinaryType);
        return new FieldFeed(data, new DataType.TextType(), isText ? null : ValueWriter.of(data.type()));
    }

    /** The place of the field in a batch. */
    int index() {
        return data.index();
    }

    /** The type of the values as they go over. */
    DataType type() {
        return type;
    }

    /** The column as it goes over; tells the values that do not arrive as they are. */
    Column feed(Column column, Consumer<ValueChange> changes) {
        misfits(column, changes);
        return text == null ? column : texts(text, column);
    }

    /** Tells the values of a column that would not arrive as they are. Text holds all of them. */
    void misfits(Column column, Consumer<ValueChange> changes) {
        if (text != null) {
            return;
        }
        DuckDbLimits.forEachUnfit(type, column, row -> changes.accept(change(row, Change.NULLED, reason())));
        if (type instanceof DataType.TimeType time && time.zoned() && time.precision() > 6) {
            cutNanos((WideColumn) column, changes);
        }
    }

    private Reason reason() {
        return type instanceof DataType.DecimalType
                ? Reason.DESTINATION_SERIALIZATION_ERROR
                : Reason.DESTINATION_FIELD_SIZE_LIMITATION;
    }

    private ValueChange change(int row, Change change, Reason reason) {
        return new ValueChange(row, data.field().name(), change, reason);
    }

    private void cutNanos(WideColumn column, Consumer<ValueChange> changes) {
        for (int row = 0; row < column.size(); row++) {
            if (column.isPresent(row)
                    && column.high(row) % NANOS_PER_MICRO != 0
                    && DuckDbLimits.hasOffset(column.low(row))) {
                changes.accept(change(row, Change.TRUNCATED, Reason.DESTINATION_FIELD_SIZE_LIMITATION));
            }
        }
    }

    private BytesColumn texts(ValueWriter writer, Column column) {
        BytesColumn.Builder texts = new BytesColumn.Builder(column.size());
        for (int row = 0; row < column.size(); row++) {
            if (column.isPresent(row)) {
                sink.clear();
                writer.write(column, row, sink);
                texts.append(sink.bytes(), 0, sink.size());
            } else {
                texts.appendNull();
            }
        }
        return texts.build();
    }
}
