package dev.sluice.connector.postgres.copy;

import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.cdk.sql.RawIds;
import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.WriteContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Writes batches into one {@code COPY ... FROM STDIN (FORMAT binary)}. One thread uses it.
 *
 * <p>Rows are encoded in runs, one column after the other. Airbyte's columns come last in each row, so that the changes of
 * values that encoding the other columns found can still go into {@code _airbyte_meta}. Most rows have none: their last
 * columns are copied from a template.
 */
public final class CopyIn {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int EXTRACTED_AT_BYTES = 8;
    private static final int ROW_HEAD_BYTES = 2;
    private static final int OPERATION_BYTES = 6;

    private final PgWire wire;
    private final CopyOutput out;
    private final List<LoadColumn.Data> data;
    private final boolean withOperation;
    private final RowStamp stamp;
    private final WriteContext context;
    private final RawIds rawIds;

    private final FieldEncoder[] encoders;
    private final int fields;
    private final int headBytes;
    private final byte[] template;
    private final int[] sizes = new int[FieldEncoder.RUN_ROWS];
    private final int[] places = new int[FieldEncoder.RUN_ROWS];

    /** The changes of the batch under way, by row. */
    private final NavigableMap<Integer, List<ValueChange>> changes = new TreeMap<>();

    /**
     * Begins to write.
     *
     * @param wire a connection on which nothing else goes on
     * @param copyStatement the statement; its columns are in the order of {@link #order}
     * @param columns the columns in any order
     * @param stamp what each row carries
     * @param context where altered values are told
     * @param epochMillis the time for the raw ids, in milliseconds since 1970-01-01T00:00Z
     */
    public CopyIn(
            PgWire wire,
            String copyStatement,
            List<LoadColumn> columns,
            RowStamp stamp,
            WriteContext context,
            long epochMillis)
            throws IOException {
        this.wire = wire;
        this.out = new CopyOutput(wire);
        this.data = LoadColumn.dataOf(columns);
        this.withOperation = columns.stream().anyMatch(LoadColumn.OperationCode.class::isInstance);
        this.stamp = stamp;
        this.context = context;
        this.rawIds = new RawIds(epochMillis);
        this.encoders = new FieldEncoder[data.size()];
        this.fields = columns.size();
        this.headBytes = ROW_HEAD_BYTES + (withOperation ? OPERATION_BYTES : 0);
        for (int i = 0; i < encoders.length; i++) {
            LoadColumn.Data column = data.get(i);
            encoders[i] = Encodings.encoder(
                    column.type(), column.columnType(), column.field().name(), this::altered);
        }
        this.template = template(metaJson(List.of()));
        wire.begin(copyStatement, PgWire.COPY_IN_RESPONSE);
        writeHeader();
    }

    /** The columns in the order in which they are written. */
    public static List<LoadColumn> order(List<LoadColumn> columns) {
        return LoadColumn.metaLast(columns);
    }

    /** Writes the rows of a batch. */
    public void write(RecordBatch batch) throws IOException {
        long most = (long) headBytes + template.length;
        for (int i = 0; i < encoders.length; i++) {
            encoders[i].begin(batch.column(data.get(i).index()));
            most += encoders[i].most();
        }
        BigEndian.putInt64(template, 4 + RawIds.TEXT_LENGTH + 4, batch.extractedAt() - FieldDecoders.EPOCH_MICROS);
        changes.clear();
        batch.changes().forEach(this::note);
        int runRows = (int) Math.min(FieldEncoder.RUN_ROWS, CopyOutput.CAPACITY / most);
        if (runRows == 0) {
            for (int row = 0; row < batch.rows(); row++) {
                writeLargeRow(batch, row);
            }
            return;
        }
        for (int from = 0; from < batch.rows(); from += runRows) {
            writeRun(batch, from, Math.min(runRows, batch.rows() - from));
        }
    }

    /** Writes rows of which each fits into the buffer: first their sizes are found, then one column after the other. */
    private void writeRun(RecordBatch batch, int from, int count) throws IOException {
        Arrays.fill(sizes, 0, count, headBytes);
        for (FieldEncoder encoder : encoders) {
            encoder.measure(from, count, sizes);
        }
        if (!changes.subMap(from, from + count).isEmpty()) {
            // Some rows have words of their own at their end, so rows go one by one.
            for (int i = 0; i < count; i++) {
                place(i, out.reserve(sizes[i]));
                writeColumns(batch, from, i, 1);
                writeMeta(from + i);
            }
            return;
        }
        int total = count * template.length;
        for (int i = 0; i < count; i++) {
            total += sizes[i];
        }
        int at = out.reserve(total);
        for (int i = 0; i < count; i++) {
            place(i, at);
            at += sizes[i] + template.length;
        }
        writeColumns(batch, from, 0, count);
        for (int i = 0; i < count; i++) {
            putTemplate(out.buffer(), places[i]);
        }
    }

    private void place(int index, int at) {
        BigEndian.putInt16(out.buffer(), at, fields);
        places[index] = at + ROW_HEAD_BYTES;
    }

    private void writeColumns(RecordBatch batch, int from, int first, int count) {
        for (FieldEncoder encoder : encoders) {
            encoder.write(first, count, out.buffer(), places);
        }
        if (withOperation) {
            for (int i = first; i < first + count; i++) {
                putOperation(batch, from + i, out.buffer(), places[i]);
                places[i] += OPERATION_BYTES;
            }
        }
    }

    /** Writes a row that may not fit into the buffer, field by field. */
    private void writeLargeRow(RecordBatch batch, int row) throws IOException {
        place(0, out.reserve(ROW_HEAD_BYTES));
        for (FieldEncoder encoder : encoders) {
            sizes[0] = 0;
            encoder.measure(row, 1, sizes);
            if (sizes[0] <= CopyOutput.MAX_RESERVE) {
                places[0] = out.reserve(sizes[0]);
                encoder.write(0, 1, out.buffer(), places);
            } else {
                encoder.writeLarge(out);
            }
        }
        if (withOperation) {
            putOperation(batch, row, out.buffer(), out.reserve(OPERATION_BYTES));
        }
        writeMeta(row);
    }

    private static void putOperation(RecordBatch batch, int row, byte[] buffer, int at) {
        BigEndian.putInt32(buffer, at, 2);
        BigEndian.putInt16(buffer, at + 4, batch.operation(row).code());
    }

    /** Writes Airbyte's columns of a row; of one whose values were altered, with the words that say so. */
    private void writeMeta(int row) throws IOException {
        List<ValueChange> altered = changes.get(row);
        if (altered == null) {
            putTemplate(out.buffer(), out.reserve(template.length));
            return;
        }
        byte[] own = template(metaJson(altered));
        int extractedAt = 4 + RawIds.TEXT_LENGTH + 4;
        System.arraycopy(template, extractedAt, own, extractedAt, EXTRACTED_AT_BYTES);
        rawIds.next();
        rawIds.writeText(own, 4);
        out.write(own, 0, own.length);
    }

    private void putTemplate(byte[] buffer, int at) {
        System.arraycopy(template, 0, buffer, at, template.length);
        rawIds.next();
        rawIds.writeText(buffer, at + 4);
    }

    /** Ends the COPY and returns the rows that the server counted. */
    public long finish() throws IOException {
        BigEndian.putInt16(out.buffer(), out.reserve(2), -1);
        out.flush();
        wire.out().write(CopyOutput.endMessage(PgWire.COPY_DONE));
        wire.out().flush();
        return wire.complete();
    }

    private void altered(int row, String field, ValueChange.Change change, ValueChange.Reason reason) {
        note(new ValueChange(row, field, change, reason));
        context.changed(field, change, reason);
    }

    private void note(ValueChange change) {
        changes.computeIfAbsent(change.row(), row -> new ArrayList<>()).add(change);
    }

    private void writeHeader() throws IOException {
        int at = out.reserve(SIGNATURE.length + 8);
        System.arraycopy(SIGNATURE, 0, out.buffer(), at, SIGNATURE.length);
        BigEndian.putInt32(out.buffer(), at + SIGNATURE.length, 0);
        BigEndian.putInt32(out.buffer(), at + SIGNATURE.length + 4, 0);
    }

    /** Airbyte's four columns as fields of a COPY, with room for the raw id and the time. */
    private byte[] template(byte[] metaJson) {
        byte[] fields = new byte[4 + RawIds.TEXT_LENGTH + 4 + EXTRACTED_AT_BYTES + 4 + 1 + metaJson.length + 12];
        int at = 0;
        BigEndian.putInt32(fields, at, RawIds.TEXT_LENGTH);
        at += 4 + RawIds.TEXT_LENGTH;
        BigEndian.putInt32(fields, at, EXTRACTED_AT_BYTES);
        at += 4 + EXTRACTED_AT_BYTES;
        BigEndian.putInt32(fields, at, 1 + metaJson.length);
        fields[at + 4] = 1; // the version of jsonb's form
        System.arraycopy(metaJson, 0, fields, at + 5, metaJson.length);
        at += 5 + metaJson.length;
        BigEndian.putInt32(fields, at, 8);
        BigEndian.putInt64(fields, at + 4, stamp.generationId());
        return fields;
    }

    private byte[] metaJson(List<ValueChange> changes) {
        return stamp.metaJson(changes).getBytes(StandardCharsets.UTF_8);
    }
}
