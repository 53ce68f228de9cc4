package dev.sluice.engine.map;

import dev.sluice.spi.data.RecordBatch;
import java.util.BitSet;
import java.util.List;

/**
 * What came of a batch.
 *
 * @param batch the rows that go on; maybe none
 * @param dropped how many rows did not pass a filter and go nowhere
 * @param removals which rows of the batch did not pass a filter and go on as deletes, because the destination may have
 *     them from before they changed
 * @param rejections the rows that cannot go on
 */
public record Mapped(RecordBatch batch, int dropped, BitSet removals, List<Rejection> rejections) {
    public Mapped {
        rejections = List.copyOf(rejections);
    }

    /** How many rows did not pass a filter. */
    public int filtered() {
        return dropped + removals.cardinality();
    }

    /**
     * A row that cannot go on.
     *
     * @param row its place in the batch as it came from the source
     * @param code why in a stable word
     * @param reason why in one sentence, without any value of the row
     * @param field the field that could not be made; empty if it is the row as a whole
     */
    public record Rejection(int row, String code, String reason, String field) {}
}
