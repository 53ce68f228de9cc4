package dev.sluice.spi.data;

import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows until a batch is large enough to be handed on.
 *
 * <p>The source appends one value to every column builder for each row and then calls {@link #endRow}. One thread uses a
 * builder; after {@link #build} it is empty and can be used for the next batch.
 */
public final class BatchBuilder {
    private static final int ROWS_BETWEEN_LOOKS = 16;

    private final Schema schema;
    private final BatchSize size;
    private final ColumnBuilder[] columns;
    private final List<ValueChange> changes = new ArrayList<>();
    private byte @Nullable [] operations;
    private int rows;
    private int rowsAtLastLook;

    /**
     * Makes an empty builder.
     *
     * @param schema the fields
     * @param size when a batch is full
     */
    public BatchBuilder(Schema schema, BatchSize size) {
        this.schema = schema;
        this.size = size;
        columns = new ColumnBuilder[schema.size()];
        int firstRows = Math.min(size.rows(), 1024);
        for (int i = 0; i < columns.length; i++) {
            Field field = schema.field(i);
            columns[i] = ColumnBuilder.of(field.type(), firstRows);
        }
    }

    /** The builder of the column at a place; cast it to the class of its layout. */
    public ColumnBuilder column(int index) {
        return columns[index];
    }

    /** Closes the current row as a plain read row. */
    public void endRow() {
        if (operations != null) {
            setOperation(Operation.UPSERT);
        }
        rows++;
    }

    /**
     * Closes as many rows as were appended since, as plain read rows: for a source that fills one column after the other.
     */
    public void endRows(int count) {
        if (operations == null) {
            rows += count;
            return;
        }
        for (int i = 0; i < count; i++) {
            endRow();
        }
    }

    /** Closes the current row as what a log says happened. */
    public void endRow(Operation operation) {
        if (operations != null || operation != Operation.UPSERT) {
            setOperation(operation);
        }
        rows++;
    }

    /** Notes that a value of the current row was altered. */
    public void noteChange(String field, ValueChange.Change change, ValueChange.Reason reason) {
        noteChange(0, field, change, reason);
    }

    /**
     * Notes that a value of a row that is not closed yet was altered.
     *
     * @param ahead how many rows come before it that are not closed either
     */
    public void noteChange(int ahead, String field, ValueChange.Change change, ValueChange.Reason reason) {
        changes.add(new ValueChange(rows + ahead, field, change, reason));
    }

    /** The number of closed rows. */
    public int rows() {
        return rows;
    }

    /** True if there is no closed row. */
    public boolean isEmpty() {
        return rows == 0;
    }

    /**
     * True if the batch should be built now. The bytes are summed at most every 16 rows, so a source closes the batch by
     * itself after a row with a value beyond a mebibyte.
     */
    public boolean isFull() {
        if (rows >= size.rows()) {
            return true;
        }
        if (rows - rowsAtLastLook < ROWS_BETWEEN_LOOKS) {
            return false;
        }
        rowsAtLastLook = rows;
        return bytes() >= size.bytes();
    }

    /** The rows that are still missing to the number at which a batch is full. */
    public int rowsLeft() {
        return Math.max(0, size.rows() - rows);
    }

    /** The bytes of memory that the rows so far take. */
    public long bytes() {
        long sum = 0;
        for (ColumnBuilder column : columns) {
            sum += column.bytes();
        }
        return sum;
    }

    /**
     * Makes a batch of the closed rows and empties the builder.
     *
     * @param extractedAt when the source emitted them, in microseconds since 1970-01-01T00:00Z
     */
    public RecordBatch build(long extractedAt) {
        List<Column> built = new ArrayList<>(columns.length);
        for (ColumnBuilder column : columns) {
            built.add(column.build());
        }
        RecordBatch batch = new RecordBatch(schema, rows, built, operations, changes, extractedAt);
        operations = null;
        changes.clear();
        rows = 0;
        rowsAtLastLook = 0;
        return batch;
    }

    private void setOperation(Operation operation) {
        byte[] codes = operations == null ? new byte[Math.max(64, rows + 1)] : operations;
        if (rows >= codes.length) {
            codes = Arrays.copyOf(codes, ColumnBuilder.grown(rows));
        }
        codes[rows] = operation.code();
        operations = codes;
    }
}
