package dev.sluice.spi.data;

import dev.sluice.spi.type.Schema;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one stream, column by column: the currency of a sync.
 *
 * <p>A batch is read-only and may be handed between threads once made. It knows its size in bytes so that queues can be
 * bounded by memory (I6).
 */
public final class RecordBatch {
    private final Schema schema;
    private final int rows;
    private final List<Column> columns;
    private final byte @Nullable [] operations;
    private final List<ValueChange> changes;
    private final long extractedAt;
    private final long bytes;
    private final @Nullable RecordBatch source;
    private final int @Nullable [] sourceRows;

    /**
     * Makes a batch.
     *
     * @param schema the fields
     * @param rows the number of rows
     * @param columns one column a field, in order, each of the field's layout and of {@code rows} rows
     * @param operations the code of an {@link Operation} for each row, or null if all are upserts; kept, not copied
     * @param changes the values that the source altered, in any order
     * @param extractedAt when the source emitted the rows, in microseconds since 1970-01-01T00:00Z
     * @throws IllegalArgumentException if the parts do not fit each other
     */
    public RecordBatch(
            Schema schema,
            int rows,
            List<Column> columns,
            byte @Nullable [] operations,
            List<ValueChange> changes,
            long extractedAt) {
        this.schema = Objects.requireNonNull(schema);
        this.rows = rows;
        this.columns = List.copyOf(columns);
        this.operations = operations;
        this.changes = List.copyOf(changes);
        this.extractedAt = extractedAt;
        if (this.columns.size() != schema.size()) {
            throw new IllegalArgumentException(
                    this.columns.size() + " columns for the " + schema.size() + " fields of the schema");
        }
        for (int i = 0; i < this.columns.size(); i++) {
            if (this.columns.get(i).size() != rows) {
                throw new IllegalArgumentException("the column "
                        + schema.field(i).name() + " has " + this.columns.get(i).size() + " rows, the batch " + rows);
            }
        }
        if (operations != null && operations.length < rows) {
            throw new IllegalArgumentException(operations.length + " operations for " + rows + " rows");
        }
        this.bytes = this.columns.stream().mapToLong(Column::bytes).sum();
        this.source = null;
        this.sourceRows = null;
    }

    private RecordBatch(RecordBatch made, RecordBatch source, int @Nullable [] sourceRows) {
        this.schema = made.schema;
        this.rows = made.rows;
        this.columns = made.columns;
        this.operations = made.operations;
        this.changes = made.changes;
        this.extractedAt = made.extractedAt;
        this.bytes = made.bytes;
        this.source = source;
        this.sourceRows = sourceRows;
    }

    /** A batch of rows as a plain read gives them: all upserts, no value altered. */
    public static RecordBatch of(Schema schema, int rows, List<Column> columns, long extractedAt) {
        return new RecordBatch(schema, rows, columns, null, List.of(), extractedAt);
    }

    /** The fields. */
    public Schema schema() {
        return schema;
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The columns, one a field. */
    public List<Column> columns() {
        return columns;
    }

    /** The column of the field at a place. */
    public Column column(int index) {
        return columns.get(index);
    }

    /** True if the batch comes from a log of changes and its rows differ in what happened to them. */
    public boolean hasOperations() {
        return operations != null;
    }

    /** What happened to a row. */
    public Operation operation(int row) {
        Objects.checkIndex(row, rows);
        return operations == null ? Operation.UPSERT : Operation.of(operations[row]);
    }

    /** The values that the source altered. */
    public List<ValueChange> changes() {
        return changes;
    }

    /** When the source emitted the rows, in microseconds since 1970-01-01T00:00Z. */
    public long extractedAt() {
        return extractedAt;
    }

    /** The bytes that the values themselves take, without the room that their arrays keep; for statistics. */
    public long payloadBytes() {
        return columns.stream().mapToLong(Column::payloadBytes).sum();
    }

    /** The bytes of memory that the batch takes. */
    public long bytes() {
        return bytes;
    }

    /**
     * The same rows, of which it is known from then on what they were made of: a row that is refused is kept as it came, too.
     * Nothing is copied.
     *
     * @param from the batch as its source made it
     * @param places the row of it that each row was made of; null if they are in the same places. Kept, not copied
     * @throws IllegalArgumentException if there is not a place for each row
     */
    public RecordBatch madeOf(RecordBatch from, int @Nullable [] places) {
        if (places == null ? from.rows != rows : places.length != rows) {
            throw new IllegalArgumentException("it is not known of each row what it was made of");
        }
        return new RecordBatch(this, from, places);
    }

    /** The batch that the rows were made of; null if they are as their source made them, or nobody knows. */
    public @Nullable RecordBatch source() {
        return source;
    }

    /** The place in {@link #source} of what a row was made of. */
    public int sourceRow(int row) {
        Objects.checkIndex(row, rows);
        return sourceRows == null ? row : sourceRows[row];
    }

    /** The bytes of memory that are kept as long as the batch is: its own, and those of what it was made of. */
    public long heldBytes() {
        if (source == null) {
            return bytes;
        }
        Set<Column> own = Collections.newSetFromMap(new IdentityHashMap<>());
        own.addAll(columns);
        return bytes
                + source.columns.stream()
                        .filter(column -> !own.contains(column))
                        .mapToLong(Column::bytes)
                        .sum()
                + (sourceRows == null ? 0 : 4L * sourceRows.length);
    }
}
