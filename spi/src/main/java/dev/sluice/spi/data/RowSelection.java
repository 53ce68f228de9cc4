package dev.sluice.spi.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Copies some rows of a batch. */
public final class RowSelection {
    private RowSelection() {}

    /**
     * A batch of some rows of another one, with their operations and changes, and with what they were made of.
     *
     * @param rows the rows, growing
     */
    public static RecordBatch of(RecordBatch batch, int[] rows) {
        List<Column> columns = new ArrayList<>(batch.columns().size());
        for (int i = 0; i < batch.columns().size(); i++) {
            columns.add(copy(
                    batch.column(i), ColumnBuilder.of(batch.schema().field(i).type(), rows.length), rows));
        }
        byte[] operations = null;
        if (batch.hasOperations()) {
            operations = new byte[rows.length];
            for (int i = 0; i < rows.length; i++) {
                operations[i] = batch.operation(rows[i]).code();
            }
        }
        List<ValueChange> changes = new ArrayList<>();
        for (ValueChange change : batch.changes()) {
            int at = Arrays.binarySearch(rows, change.row());
            if (at >= 0) {
                changes.add(new ValueChange(at, change.field(), change.change(), change.reason()));
            }
        }
        RecordBatch some =
                new RecordBatch(batch.schema(), rows.length, columns, operations, changes, batch.extractedAt());
        RecordBatch source = batch.source();
        return source == null
                ? some
                : some.madeOf(source, Arrays.stream(rows).map(batch::sourceRow).toArray());
    }

    private static Column copy(Column column, ColumnBuilder copy, int[] rows) {
        for (int row : rows) {
            append(column, row, copy);
        }
        return copy.build();
    }

    /** Adds a row of a column, whatever it holds, to the builder of another one of the same layout. */
    public static void append(Column column, int row, ColumnBuilder copy) {
        if (column.isNull(row)) {
            copy.appendNull();
        } else if (column.isUnchanged(row)) {
            copy.appendUnchanged();
        } else {
            appendValue(column, row, copy);
        }
    }

    private static void appendValue(Column column, int row, ColumnBuilder copy) {
        switch (column) {
            case BoolColumn bools -> ((BoolColumn.Builder) copy).append(bools.values()[row]);
            case IntColumn ints -> ((IntColumn.Builder) copy).append(ints.values()[row]);
            case LongColumn longs -> ((LongColumn.Builder) copy).append(longs.values()[row]);
            case DoubleColumn doubles -> ((DoubleColumn.Builder) copy).append(doubles.values()[row]);
            case WideColumn wide -> ((WideColumn.Builder) copy).append(wide.high(row), wide.low(row));
            case BytesColumn bytes ->
                ((BytesColumn.Builder) copy).append(bytes.data(), bytes.start(row), bytes.length(row));
        }
    }
}
