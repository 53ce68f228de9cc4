package dev.sluice.testkit.rows;

import dev.sluice.spi.data.BatchBuilder;
import dev.sluice.spi.data.BatchSize;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a batch from plain Java values, row by row. For one thread.
 *
 * <pre>{@code
 * RecordBatch batch = BatchMaker.of(schema)
 *         .row(1, "Ada", new BigDecimal("12.50"))
 *         .row(2, null, "0.10")
 *         .build();
 * }</pre>
 */
public final class BatchMaker {
    /** When the rows of a batch were extracted unless a test says otherwise: 2026-01-02T03:04:05.678901Z. */
    public static final long EXTRACTED_AT = 1_767_323_045_678_901L;

    private final Schema schema;
    private final List<Made> rows = new ArrayList<>();
    private final List<ValueChange> changes = new ArrayList<>();
    private long extractedAt = EXTRACTED_AT;

    private record Made(Operation operation, List<@Nullable Object> values) {}

    private BatchMaker(Schema schema) {
        this.schema = schema;
    }

    /** An empty batch of this schema. */
    public static BatchMaker of(Schema schema) {
        return new BatchMaker(schema);
    }

    /** A batch of these rows with the usual time of extraction. */
    public static RecordBatch batch(Schema schema, Collection<Row> rows) {
        return of(schema).rows(rows).build();
    }

    /** The same for a batch that is extracted at another time, in microseconds since 1970-01-01T00:00Z. */
    public BatchMaker extractedAt(long micros) {
        extractedAt = micros;
        return this;
    }

    /**
     * Adds a row of a plain read.
     *
     * @param values one a field: anything that {@link Values#append} takes
     */
    public BatchMaker row(@Nullable Object... values) {
        return row(Operation.UPSERT, values);
    }

    /** Adds a row of a change log. */
    public BatchMaker row(Operation operation, @Nullable Object... values) {
        if (values.length != schema.size()) {
            throw new IllegalArgumentException(values.length + " values for " + schema.size() + " fields");
        }
        List<@Nullable Object> copy = new ArrayList<>(values.length);
        Collections.addAll(copy, values);
        rows.add(new Made(operation, copy));
        return this;
    }

    /** Adds a row with its operation and unchanged values. */
    public BatchMaker row(Row row) {
        @Nullable Object[] values = new @Nullable Object[row.values().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.unchanged().contains(i) ? Values.UNCHANGED : row.value(i);
        }
        return row(row.operation(), values);
    }

    /** Adds rows. */
    public BatchMaker rows(Collection<Row> more) {
        more.forEach(this::row);
        return this;
    }

    /** Notes that the source altered a value of the row that was added last. */
    public BatchMaker change(String field, ValueChange.Change change, ValueChange.Reason reason) {
        changes.add(new ValueChange(rows.size() - 1, field, change, reason));
        return this;
    }

    /** Makes the batch. */
    public RecordBatch build() {
        BatchBuilder builder = new BatchBuilder(schema, new BatchSize(Math.max(1, rows.size()), Long.MAX_VALUE));
        for (int row = 0; row < rows.size(); row++) {
            Made made = rows.get(row);
            for (int i = 0; i < schema.size(); i++) {
                Values.append(builder.column(i), schema.field(i).type(), made.values.get(i));
            }
            for (ValueChange change : changes) {
                if (change.row() == row) {
                    builder.noteChange(change.field(), change.change(), change.reason());
                }
            }
            builder.endRow(made.operation);
        }
        return builder.build(extractedAt);
    }
}
