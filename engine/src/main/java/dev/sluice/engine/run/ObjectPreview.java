package dev.sluice.engine.run;

import dev.sluice.engine.map.Mapped;
import dev.sluice.engine.map.Mapping;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.RowSelection;
import dev.sluice.spi.source.Source;
import dev.sluice.spi.source.StreamRead;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the first rows of a stream, row by row.
 *
 * @param rows the rows as the source has them, each with what comes of it
 * @param unreadable why records on the way cannot be read, a sentence each
 */
public record ObjectPreview(List<Row> rows, List<String> unreadable) {
    public ObjectPreview {
        rows = List.copyOf(rows);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * A row.
     *
     * @param source the row as the source has it, alone in a batch
     * @param sent what would be sent, alone in a batch; null if nothing would
     * @param rejection why it would be rejected; null if it would not, or is left out by a filter
     */
    public record Row(RecordBatch source, @Nullable RecordBatch sent, Mapped.@Nullable Rejection rejection) {}

    /**
     * Reads the first rows.
     *
     * @param read what is read; no filter goes before it
     * @param mapping what a run would do to them
     * @param most how many rows are wanted
     */
    public static ObjectPreview of(Source source, StreamRead read, Mapping mapping, int most) {
        Preview preview = Preview.of(source, read, Mapping.none(read.schema()), most);
        List<Row> rows = new ArrayList<>();
        for (RecordBatch batch : preview.batches()) {
            for (int row = 0; row < batch.rows() && rows.size() < most; row++) {
                RecordBatch one = RowSelection.of(batch, new int[] {row});
                Mapped mapped = mapping.apply(one, false);
                rows.add(new Row(
                        one,
                        mapped.batch().rows() == 0 ? null : mapped.batch(),
                        mapped.rejections().isEmpty()
                                ? null
                                : mapped.rejections().getFirst()));
            }
        }
        return new ObjectPreview(rows, preview.rejected());
    }
}
