package dev.sluice.spi.destination;

import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.RowJson;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.runtime.RejectedRecord;
import org.jspecify.annotations.Nullable;

/** What the host gives to a writer. Only the thread that uses the writer calls it. */
public interface WriteContext {
    /** Keeps a record that the destination refuses. It counts as rejected (I7). */
    void reject(RejectedRecord record);

    /**
     * Keeps a row of the batch that is being written, which the destination refuses. It counts as rejected (I7).
     *
     * @param row its place in the batch
     * @param code why in a stable word
     * @param reason why in one sentence
     * @param field the field whose value is the reason; null if it is the row as a whole, or nobody knows
     */
    default void reject(RecordBatch batch, int row, String code, String reason, @Nullable String field) {
        reject(RejectedRecord.ofRow("row " + (row + 1), code, reason, RowJson.of(batch, row))
                .inField(field));
    }

    /**
     * Counts a value that the destination altered, besides marking it in the row's {@code _airbyte_meta}.
     *
     * @param field the name of the field
     * @param change what was done to it
     * @param reason why
     */
    void changed(String field, ValueChange.Change change, ValueChange.Reason reason);
}
