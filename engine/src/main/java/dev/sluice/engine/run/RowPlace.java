package dev.sluice.engine.run;

import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import java.util.List;

/**
 * Where the rows of a batch stand, for people: by their key, or else by their number in the split.
 *
 * @param firstRow the number of rows of the split before the first one
 */
record RowPlace(String splitId, long firstRow) {
    /**
     * Where a row stands.
     *
     * @param key the fields that tell rows apart; empty if nobody knows
     */
    String of(List<FieldPath> key, RecordBatch batch, int row) {
        StringBuilder words = new StringBuilder();
        for (FieldPath path : key) {
            int index = batch.schema().indexOf(path.column()).orElse(-1);
            if (index < 0) {
                return byNumber(row);
            }
            words.append(words.isEmpty() ? "" : ", ")
                    .append(path.column())
                    .append('=')
                    .append(ValueText.of(batch.schema().field(index).type(), batch.column(index), row)
                            .orElse("null"));
        }
        return words.isEmpty() ? byNumber(row) : words.toString();
    }

    private String byNumber(int row) {
        return "row " + (firstRow + row + 1) + " of split " + splitId;
    }
}
