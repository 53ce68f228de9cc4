package dev.sluice.connector.mysql.destination;

import dev.sluice.cdk.sql.ChangesByRow;
import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.cdk.sql.RawIds;
import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.NumberText;
import dev.sluice.cdk.text.TimeText;
import dev.sluice.connector.mysql.destination.LineEncoder.Outcome;
import dev.sluice.connector.mysql.wire.LoadOutput;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.WriteContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes batches as lines for LOAD DATA: values between tabs, {@code \N} for null. One thread uses it.
 *
 * <p>Airbyte's columns come last in each line, so that the changes of values that writing the other columns found can
 * still go into {@code _airbyte_meta}.
 */
final class LineWriter {
    private static final byte[] NULL = {'\\', 'N'};

    private final LineSink sink;
    private final LoadOutput out;
    private final List<LoadColumn.Data> data;
    private final boolean withOperation;
    private final RowStamp stamp;
    private final WriteContext context;
    private final RawIds rawIds;
    private final LineEncoder[] encoders;
    private final Column[] columns;
    private final byte[] usualMeta;
    private final byte[] rawId = new byte[RawIds.TEXT_LENGTH];
    private final ByteSink extractedAt = new ByteSink(40);
    private final List<ValueChange> changesOfRow = new ArrayList<>();

    /** What a load is told. */
    record Task(List<LoadColumn> columns, RowStamp stamp, WriteContext context) {
        /** The columns in the order in which they are written. */
        List<LoadColumn> ordered() {
            return LoadColumn.metaLast(columns);
        }
    }

    LineWriter(LoadOutput out, Task task, ServerJson json, long epochMillis) {
        this.out = out;
        this.sink = new LineSink(out);
        this.data = LoadColumn.dataOf(task.columns());
        this.withOperation = task.columns().stream().anyMatch(LoadColumn.OperationCode.class::isInstance);
        this.stamp = task.stamp();
        this.context = task.context();
        this.rawIds = new RawIds(epochMillis);
        this.encoders = new LineEncoder[data.size()];
        this.columns = new Column[data.size()];
        for (int i = 0; i < encoders.length; i++) {
            LoadColumn.Data column = data.get(i);
            encoders[i] = LineEncoders.of(column.type(), TypeName.parse(column.columnType()), json);
        }
        this.usualMeta = meta(List.of());
    }

    void write(RecordBatch batch) throws IOException {
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(data.get(i).index());
        }
        List<List<ValueChange>> noted = ChangesByRow.of(batch);
        extractedAt.clear();
        TimeText.appendTimestamp(extractedAt, batch.extractedAt(), 0, false);
        for (int row = 0; row < batch.rows(); row++) {
            if (!noted.isEmpty()) {
                changesOfRow.addAll(noted.get(row));
            }
            writeRow(batch, row);
            sink.sendIfFull();
        }
    }

    private void writeRow(RecordBatch batch, int row) throws IOException {
        for (int i = 0; i < encoders.length; i++) {
            if (columns[i].isPresent(row)) {
                writeValue(i, row);
            } else {
                sink.bytes().put(NULL);
            }
            sink.bytes().put('\t');
        }
        ByteSink bytes = sink.bytes();
        if (withOperation) {
            NumberText.append(bytes, batch.operation(row).code());
            bytes.put('\t');
        }
        rawIds.next();
        rawIds.writeText(rawId, 0);
        bytes.put(rawId);
        bytes.put('\t');
        bytes.put(extractedAt.bytes(), 0, extractedAt.size());
        bytes.put('\t');
        if (changesOfRow.isEmpty()) {
            bytes.put(usualMeta);
        } else {
            bytes.put(meta(changesOfRow));
            changesOfRow.clear();
        }
        bytes.put('\t');
        NumberText.append(bytes, stamp.generationId());
        bytes.put('\n');
    }

    private void writeValue(int index, int row) throws IOException {
        Outcome outcome = encoders[index].encode(columns[index], row, sink);
        if (outcome == Outcome.UNFIT) {
            sink.bytes().put(NULL);
        }
        if (outcome != Outcome.WRITTEN) {
            LineMisfits.note(changesOfRow, 0, data.get(index).field().name(), outcome);
            ValueChange change = changesOfRow.getLast();
            context.changed(change.field(), change.change(), change.reason());
        }
    }

    /** The JSON of the row's metadata with its backslashes, tabs and line ends escaped as fields are. */
    private byte[] meta(List<ValueChange> changes) {
        return stamp.metaJson(changes).replace("\\", "\\\\").getBytes(StandardCharsets.UTF_8);
    }

    /** Sends what is left. */
    dev.sluice.connector.mysql.wire.MyWire.Done finish() throws IOException {
        sink.send();
        return out.finish();
    }
}
