package dev.sluice.connector.sample.content;

import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** Makes batches out of chunks, one column after another. One thread uses it. */
public final class BatchFiller {
    private static final int FIRST_ROWS = 1024;

    private final Schema schema;
    private final List<SampleColumn> columns;
    private final List<ColumnBuilder> builders = new ArrayList<>();
    private final Draft draft = new Draft();

    BatchFiller(Schema schema, List<SampleColumn> columns) {
        this.schema = schema;
        this.columns = columns;
        schema.fields().forEach(field -> builders.add(ColumnBuilder.of(field.type(), FIRST_ROWS)));
    }

    /**
     * Makes a batch.
     *
     * @param chunk the rows
     * @param withOperations true to tell what happened to each row
     * @param extractedAt now, in microseconds
     */
    public RecordBatch fill(Chunk chunk, boolean withOperations, long extractedAt) {
        List<Column> built = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).values().appendAll(builders.get(i), draft, chunk);
            built.add(builders.get(i).build());
        }
        return withOperations
                ? new RecordBatch(schema, chunk.size(), built, chunk.operations(), List.of(), extractedAt)
                : RecordBatch.of(schema, chunk.size(), built, extractedAt);
    }
}
