package dev.sluice.spi.destination;

import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.runtime.RejectedRecord;

/** What the host gives to a writer. Only the thread that uses the writer calls it. */
public interface WriteContext {
    /** Keeps a record that the destination refuses. It counts as rejected (I7). */
    void reject(RejectedRecord record);

    /**
     * Counts a value that the destination altered, besides marking it in the row's {@code _airbyte_meta}.
     *
     * @param field the name of the field
     * @param change what was done to it
     * @param reason why
     */
    void changed(String field, ValueChange.Change change, ValueChange.Reason reason);
}
