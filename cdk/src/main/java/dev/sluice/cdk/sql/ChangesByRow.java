package dev.sluice.cdk.sql;

import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sorts the changes of a batch by row, for writers that mark them in {@code _airbyte_meta}. */
public final class ChangesByRow {
    private ChangesByRow() {}

    /** The changes of each row by its number; an empty list for the usual batch without any. */
    public static List<List<ValueChange>> of(RecordBatch batch) {
        if (batch.changes().isEmpty()) {
            return List.of();
        }
        List<List<ValueChange>> byRow = new ArrayList<>(Collections.nCopies(batch.rows(), List.of()));
        for (ValueChange change : batch.changes()) {
            List<ValueChange> own = byRow.get(change.row());
            if (own.isEmpty()) {
                own = new ArrayList<>(1);
                byRow.set(change.row(), own);
            }
            own.add(change);
        }
        return byRow;
    }
}
