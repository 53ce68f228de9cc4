package dev.sluice.connector.mysql.destination;

import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the values that LOAD DATA would alter: by the encoders of its lines, whose lines go nowhere. One thread uses it. */
final class LineMisfits {
    private final List<LoadColumn.Data> columns;
    private final List<LineEncoder> encoders;
    private final LineSink nowhere = LineSink.nowhere();

    LineMisfits(List<LoadColumn.Data> columns, ServerJson json) {
        this.columns = List.copyOf(columns);
        this.encoders = columns.stream()
                .map(column -> LineEncoders.of(column.type(), TypeName.parse(column.columnType()), json))
                .toList();
    }

    List<ValueChange> of(RecordBatch batch) throws IOException {
        List<ValueChange> found = new ArrayList<>();
        for (int i = 0; i < encoders.size(); i++) {
            String field = columns.get(i).field().name();
            Column column = batch.column(columns.get(i).index());
            for (int row = 0; row < batch.rows(); row++) {
                if (column.isPresent(row)) {
                    LineEncoder.Outcome outcome = encoders.get(i).encode(column, row, nowhere);
                    nowhere.send();
                    note(found, row, field, outcome);
                }
            }
        }
        return found;
    }

    /** Adds what became of a value, if it is not what it was. */
    static void note(List<ValueChange> changes, int row, String field, LineEncoder.Outcome outcome) {
        switch (outcome) {
            case WRITTEN -> {}
            case CUT ->
                changes.add(new ValueChange(
                        row,
                        field,
                        ValueChange.Change.TRUNCATED,
                        ValueChange.Reason.DESTINATION_FIELD_SIZE_LIMITATION));
            case UNFIT ->
                changes.add(new ValueChange(
                        row, field, ValueChange.Change.NULLED, ValueChange.Reason.DESTINATION_TYPECAST_ERROR));
        }
    }
}
