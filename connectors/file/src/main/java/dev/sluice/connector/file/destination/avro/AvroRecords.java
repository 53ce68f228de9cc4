package dev.sluice.connector.file.destination.avro;

import dev.sluice.cdk.sql.RawIds;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.destination.columns.FileColumn;
import dev.sluice.connector.file.destination.columns.RowMeta;
import dev.sluice.connector.file.destination.files.EndedFiles;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the rows of batches into records of Avro. One thread uses it. */
final class AvroRecords implements EndedFiles.Format {
    private final WriteJob job;
    private final WriteContext context;
    private final AvroContainer container;
    private final List<Cell> cells = new ArrayList<>();
    private final boolean metadata;
    private final RawIds ids;
    private final RowMeta meta;
    private long extractedAt;

    /** The values of a column; none come if there is no writer. */
    private static final class Cell {
        private final FileColumn column;
        private final @Nullable AvroCell writer;
        private @Nullable Column values;

        Cell(FileColumn column) {
            this.column = column;
            DataType type = column.type();
            this.writer = type == null ? null : AvroCell.of(type, column);
        }
    }

    AvroRecords(WriteJob job, WriteContext context, AvroContainer container) {
        this.job = job;
        this.context = context;
        this.container = container;
        this.metadata = job.rows().columns().metadata();
        this.ids = new RawIds(job.clock().millis());
        this.meta = new RowMeta(job.rows().stamp());
        job.rows().columns().columns().forEach(column -> cells.add(new Cell(column)));
    }

    @Override
    public List<ValueChange> misfits(RecordBatch batch) {
        List<ValueChange> misfits = new ArrayList<>();
        for (Cell cell : cells) {
            AvroCell writer = cell.writer;
            if (writer != null) {
                Column values = batch.column(cell.column.index());
                for (int row = 0; row < batch.rows(); row++) {
                    if (values.isPresent(row) && !writer.fits(values, row)) {
                        misfits.add(new ValueChange(
                                row,
                                cell.column.field(),
                                ValueChange.Change.NULLED,
                                ValueChange.Reason.DESTINATION_FIELD_SIZE_LIMITATION));
                    }
                }
            }
        }
        return misfits;
    }

    @Override
    public void bind(RecordBatch batch) {
        extractedAt = batch.extractedAt();
        meta.begin(batch);
        for (ValueChange change : misfits(batch)) {
            meta.add(change);
            context.changed(change.field(), change.change(), change.reason());
        }
        for (Cell cell : cells) {
            cell.values = cell.column.isFilled() ? batch.column(cell.column.index()) : null;
        }
    }

    /** Writes the record of a row. */
    void append(int row, ByteSink out) {
        if (metadata) {
            ids.next();
            AvroCell.uuid(out, ids.high(), ids.low());
            AvroCell.whole(out, extractedAt);
            byte[] special = meta.isPlain() ? null : meta.special(row);
            byte[] json = special == null ? meta.plain() : special;
            AvroCell.run(out, json, 0, json.length);
            AvroCell.whole(out, job.rows().stamp().generationId());
        }
        for (Cell cell : cells) {
            Column values = cell.values;
            AvroCell writer = cell.writer;
            // The branches of the choice: 0 is null, 1 is the value.
            if (values != null && writer != null && values.isPresent(row) && writer.fits(values, row)) {
                AvroCell.whole(out, 1);
                writer.write(values, row, out);
            } else {
                AvroCell.whole(out, 0);
            }
        }
    }

    @Override
    public EndedFiles.RowFile begin(String path) {
        return new AvroFile(job, path, container, this);
    }
}
