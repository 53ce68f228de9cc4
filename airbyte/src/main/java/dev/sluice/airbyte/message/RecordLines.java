package dev.sluice.airbyte.message;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.JsonText;
import dev.sluice.cdk.text.NumberText;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the rows of a stream as RECORD messages, a line each, from columns and without an object for a value. One thread uses it.
 */
public final class RecordLines {
    private final byte[] head;
    private final List<RecordValue> values = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();
    private final ByteSink tail = new ByteSink(64);

    private List<ValueChange> changes = List.of();
    private int nextChange;

    /**
     * Prepares to write.
     *
     * @param stream the name that the records bear
     * @param schema the fields of the batches
     */
    public RecordLines(StreamId stream, Schema schema) {
        ByteSink text = new ByteSink(64);
        text.put("{\"type\":\"RECORD\",\"record\":{\"stream\":");
        JsonText.appendString(text, stream.name());
        String namespace = stream.namespace();
        if (namespace != null) {
            text.put(",\"namespace\":");
            JsonText.appendString(text, namespace);
        }
        text.put(",\"data\":{");
        head = text.toBytes();
        for (int i = 0; i < schema.size(); i++) {
            text.clear();
            text.put(i == 0 ? "" : ",");
            JsonText.appendString(text, schema.field(i).name());
            text.put(':');
            keys.add(text.toBytes());
            values.add(RecordValue.of(schema.field(i).type()));
        }
    }

    /** The values of a batch that JSON does not know; they are written as null and marked. */
    public List<ValueChange> misfits(RecordBatch batch) {
        List<ValueChange> misfits = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            RecordValue value = values.get(i);
            if (!value.alwaysFits()) {
                value.bind(batch.column(i));
                String field = batch.schema().field(i).name();
                for (int row = 0; row < batch.rows(); row++) {
                    if (!value.fits(row)) {
                        misfits.add(new ValueChange(
                                row,
                                field,
                                ValueChange.Change.NULLED,
                                ValueChange.Reason.DESTINATION_SERIALIZATION_ERROR));
                    }
                }
            }
        }
        return misfits;
    }

    /**
     * Takes the next batch.
     *
     * @param marked what was done to its values, its {@link #misfits} included
     */
    public void bind(RecordBatch batch, List<ValueChange> marked) {
        for (int i = 0; i < values.size(); i++) {
            values.get(i).bind(batch.column(i));
        }
        changes = marked.stream()
                .sorted((a, b) -> Integer.compare(a.row(), b.row()))
                .toList();
        nextChange = 0;
        tail.clear();
        tail.put("},\"emitted_at\":");
        NumberText.append(tail, batch.extractedAt() / 1000);
    }

    /** Adds the line of a row; rows come in their order. */
    public void append(ByteSink out, int row) {
        out.put(head);
        for (int i = 0; i < values.size(); i++) {
            out.put(keys.get(i));
            values.get(i).append(out, row);
        }
        out.put(tail.bytes(), 0, tail.size());
        if (nextChange < changes.size() && changes.get(nextChange).row() <= row) {
            appendChanges(out, row);
        }
        out.put("}}\n");
    }

    private void appendChanges(ByteSink out, int row) {
        String before = ",\"meta\":{\"changes\":[";
        while (nextChange < changes.size() && changes.get(nextChange).row() <= row) {
            ValueChange change = changes.get(nextChange++);
            out.put(before);
            out.put("{\"field\":");
            JsonText.appendString(out, change.field());
            out.put(",\"change\":\"" + change.change() + "\",\"reason\":\"" + change.reason() + "\"}");
            before = ",";
        }
        out.put("]}");
    }
}
