package dev.sluice.connector.postgres.copy;

import dev.sluice.cdk.sql.ChangesByRow;
import dev.sluice.cdk.sql.LoadColumn;
import dev.sluice.cdk.sql.RawIds;
import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.WriteContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes batches into one {@code COPY ... FROM STDIN (FORMAT binary)}. One thread uses it.
 *
 * <p>Airbyte's columns come last in each row, so that the changes of values that encoding the other columns found can
 * still go into {@code _airbyte_meta}. Most rows have none: their last columns are copied from a template.
 */
public final class CopyIn {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int EXTRACTED_AT_BYTES = 8;

    private final PgWire wire;
    private final CopyOutput out;
    private final List<LoadColumn.Data> data;
    private final boolean withOperation;
    private final RowStamp stamp;
    private final WriteContext context;
    private final RawIds rawIds;

    private final FieldEncoder[] encoders;
    private final Column[] columns;
    private final boolean[] full;
    private final byte[] template;
    private final List<ValueChange> changesOfRow = new ArrayList<>();

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
        this.data = dataOf(columns);
        this.withOperation = columns.stream().anyMatch(LoadColumn.OperationCode.class::isInstance);
        this.stamp = stamp;
        this.context = context;
        this.rawIds = new RawIds(epochMillis);
        this.encoders = new FieldEncoder[data.size()];
        this.columns = new Column[data.size()];
        this.full = new boolean[data.size()];
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
        List<LoadColumn> ordered = new ArrayList<>(dataOf(columns));
        columns.stream().filter(LoadColumn.OperationCode.class::isInstance).forEach(ordered::add);
        columns.stream().filter(LoadColumn.Meta.class::isInstance).forEach(ordered::add);
        return ordered;
    }

    private static List<LoadColumn.Data> dataOf(List<LoadColumn> columns) {
        return columns.stream()
                .filter(LoadColumn.Data.class::isInstance)
                .map(LoadColumn.Data.class::cast)
                .toList();
    }

    /** Writes the rows of a batch. */
    public void write(RecordBatch batch) throws IOException {
        for (int i = 0; i < encoders.length; i++) {
            Column column = batch.column(data.get(i).index());
            columns[i] = column;
            full[i] = !column.hasNulls() && !column.hasUnchanged();
            encoders[i].column(column);
        }
        List<List<ValueChange>> noted = ChangesByRow.of(batch);
        BigEndian.putInt64(template, 4 + RawIds.TEXT_LENGTH + 4, batch.extractedAt() - FieldDecoders.EPOCH_MICROS);
        int fields = encoders.length + (withOperation ? 5 : 4);
        for (int row = 0; row < batch.rows(); row++) {
            if (!noted.isEmpty()) {
                changesOfRow.addAll(noted.get(row));
            }
            writeRow(batch, row, fields);
        }
    }

    private void writeRow(RecordBatch batch, int row, int fields) throws IOException {
        BigEndian.putInt16(out.buffer(), out.reserve(2), fields);
        for (int i = 0; i < encoders.length; i++) {
            if (full[i] || columns[i].isPresent(row)) {
                encoders[i].encode(row, out);
            } else {
                FieldEncoder.writeNull(out);
            }
        }
        if (withOperation) {
            int at = out.reserve(6);
            BigEndian.putInt32(out.buffer(), at, 2);
            BigEndian.putInt16(out.buffer(), at + 4, batch.operation(row).code());
        }
        rawIds.next();
        if (changesOfRow.isEmpty()) {
            int at = out.reserve(template.length);
            System.arraycopy(template, 0, out.buffer(), at, template.length);
            rawIds.writeText(out.buffer(), at + 4);
        } else {
            writeMetaWithChanges();
        }
    }

    private void writeMetaWithChanges() throws IOException {
        byte[] own = template(metaJson(changesOfRow));
        int extractedAt = 4 + RawIds.TEXT_LENGTH + 4;
        System.arraycopy(template, extractedAt, own, extractedAt, EXTRACTED_AT_BYTES);
        rawIds.writeText(own, 4);
        out.write(own, 0, own.length);
        changesOfRow.clear();
    }

    /** Ends the COPY and returns the rows that the server counted. */
    public long finish() throws IOException {
        BigEndian.putInt16(out.buffer(), out.reserve(2), -1);
        out.flush();
        wire.out().write(CopyOutput.endMessage(PgWire.COPY_DONE));
        wire.out().flush();
        return wire.complete();
    }

    private void altered(String field, ValueChange.Change change, ValueChange.Reason reason) {
        changesOfRow.add(new ValueChange(0, field, change, reason));
        context.changed(field, change, reason);
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
