package dev.sluice.connector.duckdb.source;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches with fewer columns and rows than others. */
final class Rows {
    private Rows() {}

    /** Tells whether a row of a batch is left out. */
    @FunctionalInterface
    interface Test {
        boolean isLeftOut(RecordBatch batch, int row);
    }

    /**
     * The first columns of a batch, without some rows.
     *
     * @param schema the columns to keep
     * @param test which rows to leave out; null for none
     */
    static RecordBatch of(RecordBatch batch, Schema schema, @Nullable Test test) {
        if (test == null) {
            return new RecordBatch(
                    schema,
                    batch.rows(),
                    batch.columns().subList(0, schema.size()),
                    null,
                    batch.changes(),
                    batch.extractedAt());
        }
        int[] newRow = new int[batch.rows()];
        int[] kept = new int[batch.rows()];
        int count = 0;
        for (int row = 0; row < batch.rows(); row++) {
            boolean leftOut = test.isLeftOut(batch, row);
            newRow[row] = leftOut ? -1 : count;
            if (!leftOut) {
                kept[count++] = row;
            }
        }
        if (count == batch.rows()) {
            return of(batch, schema, null);
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(column(batch.column(i), ColumnBuilder.of(schema.field(i).type(), count), kept, count));
        }
        List<ValueChange> changes = batch.changes().stream()
                .filter(change -> newRow[change.row()] >= 0)
                .map(change -> new ValueChange(newRow[change.row()], change.field(), change.change(), change.reason()))
                .toList();
        return new RecordBatch(schema, count, columns, null, changes, batch.extractedAt());
    }

    private static Column column(Column source, ColumnBuilder builder, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (source.isNull(row)) {
                builder.appendNull();
                continue;
            }
            switch (source) {
                case BoolColumn column -> ((BoolColumn.Builder) builder).append(column.values()[row]);
                case IntColumn column -> ((IntColumn.Builder) builder).append(column.values()[row]);
                case LongColumn column -> ((LongColumn.Builder) builder).append(column.values()[row]);
                case DoubleColumn column -> ((DoubleColumn.Builder) builder).append(column.values()[row]);
                case WideColumn column -> ((WideColumn.Builder) builder).append(column.high(row), column.low(row));
                case BytesColumn column ->
                    ((BytesColumn.Builder) builder).append(column.data(), column.start(row), column.length(row));
            }
        }
        return builder.build();
    }
}
