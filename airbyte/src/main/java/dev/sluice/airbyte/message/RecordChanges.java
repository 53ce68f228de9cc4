package dev.sluice.airbyte.message;

import dev.sluice.cdk.json.Json;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What connectors say that they did to values of records, until the records are rows. Few records have any. One thread uses it. */
public final class RecordChanges {
    private final Deque<OfRecord> waiting = new ArrayDeque<>();

    private record OfRecord(long record, String field, ValueChange.Change change, ValueChange.Reason reason) {}

    /**
     * Takes what a record says.
     *
     * @param record the number of the record in its stream
     * @param meta its {@code meta} as JSON
     */
    public void add(long record, String meta) {
        if (!(Json.readObject(meta).get("changes") instanceof List<?> changes)) {
            return;
        }
        for (Object each : changes) {
            if (each instanceof Map<?, ?> change && change.get("field") instanceof String field) {
                ValueChange.Change what = named(ValueChange.Change.values(), change.get("change"));
                ValueChange.Reason why = named(ValueChange.Reason.values(), change.get("reason"));
                waiting.add(new OfRecord(
                        record,
                        field,
                        what == null ? ValueChange.Change.NULLED : what,
                        why == null ? ValueChange.Reason.SOURCE_RETRIEVAL_ERROR : why));
            }
        }
    }

    private static <E extends Enum<E>> @Nullable E named(E[] all, @Nullable Object name) {
        for (E each : all) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        return null;
    }

    /**
     * A batch with what was said of its rows.
     *
     * @param first the number of the record that its first row was
     * @param end the number of the record after its last one; where it has not a row for each, nobody knows which is which
     */
    public RecordBatch marked(RecordBatch batch, long first, long end) {
        OfRecord next = waiting.peek();
        if (next == null || next.record >= end) {
            return batch;
        }
        boolean known = end - first == batch.rows();
        List<ValueChange> changes = new ArrayList<>(batch.changes());
        while (next != null && next.record < end) {
            if (known
                    && next.record >= first
                    && batch.schema().indexOf(next.field).isPresent()) {
                changes.add(new ValueChange((int) (next.record - first), next.field, next.change, next.reason));
            }
            waiting.remove();
            next = waiting.peek();
        }
        return new RecordBatch(batch.schema(), batch.rows(), batch.columns(), null, changes, batch.extractedAt());
    }
}
