package dev.sluice.engine.map;

import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.RowSelection;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What steps do to columns and lists of fields. */
final class Columns {
    private Columns() {}

    /** The column without the values of some rows. */
    static Column without(BitSet rows, Column column, DataType type) {
        ColumnBuilder copy = ColumnBuilder.of(type, column.size());
        for (int row = 0; row < column.size(); row++) {
            if (rows.get(row)) {
                copy.appendNull();
            } else {
                RowSelection.append(column, row, copy);
            }
        }
        return copy.build();
    }

    /** The fields with another one at a place. */
    static Schema with(Schema schema, int index, Field field) {
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.set(index, field);
        return new Schema(fields);
    }

    /** The columns of a batch with another one at a place. */
    static List<Column> with(RecordBatch batch, int index, Column column) {
        List<Column> columns = new ArrayList<>(batch.columns());
        columns.set(index, column);
        return columns;
    }

    /** The changes of a batch, those of one field under its new name. */
    static List<ValueChange> renamed(List<ValueChange> changes, String from, String to) {
        if (changes.isEmpty() || from.equals(to)) {
            return new ArrayList<>(changes);
        }
        List<ValueChange> renamed = new ArrayList<>(changes.size());
        for (ValueChange change : changes) {
            renamed.add(
                    change.field().equals(from)
                            ? new ValueChange(change.row(), to, change.change(), change.reason())
                            : change);
        }
        return renamed;
    }

    /** A builder of texts with room for the rows of a batch. */
    static BytesColumn.Builder texts(RecordBatch batch) {
        return new BytesColumn.Builder(batch.rows());
    }
}
