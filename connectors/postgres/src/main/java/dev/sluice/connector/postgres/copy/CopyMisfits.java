package dev.sluice.connector.postgres.copy;

import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the values that a COPY would alter: by the encoders of the COPY itself, which say so while they measure. One
 * thread uses it.
 */
public final class CopyMisfits {
    private final List<LoadColumn.Data> columns;
    private final FieldEncoder[] encoders;
    private final int[] sizes = new int[FieldEncoder.RUN_ROWS];
    private List<ValueChange> found = new ArrayList<>();

    /** For tables with these columns. */
    public CopyMisfits(List<LoadColumn.Data> columns) {
        this.columns = List.copyOf(columns);
        this.encoders = new FieldEncoder[columns.size()];
        for (int i = 0; i < encoders.length; i++) {
            LoadColumn.Data column = columns.get(i);
            encoders[i] = Encodings.encoder(
                    column.type(),
                    column.columnType(),
                    column.field().name(),
                    (row, field, change, reason) -> found.add(new ValueChange(row, field, change, reason)));
        }
    }

    /** The changes that writing the batch would make. */
    public List<ValueChange> of(RecordBatch batch) {
        found = new ArrayList<>();
        for (int i = 0; i < encoders.length; i++) {
            FieldEncoder encoder = encoders[i];
            encoder.begin(batch.column(columns.get(i).index()));
            // Large values one by one, as some encoders form them in a buffer while they measure (I6).
            int run = encoder.most() * FieldEncoder.RUN_ROWS > CopyOutput.CAPACITY ? 1 : FieldEncoder.RUN_ROWS;
            for (int from = 0; from < batch.rows(); from += run) {
                encoder.measure(from, Math.min(run, batch.rows() - from), sizes);
            }
        }
        return found;
    }
}
