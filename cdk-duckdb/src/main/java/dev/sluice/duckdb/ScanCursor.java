package dev.sluice.duckdb;

import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of DuckDB's threads on its way through the batches of a scan: it takes some rows and fills chunk after chunk with
 * them.
 *
 * <p>The strings of a chunk point into a native copy of its bytes. DuckDB is done with a chunk when it asks for the next
 * one, or when the statement has ended, so a copy is written over or freed no earlier.
 */
final class ScanCursor {
    private static final int VECTOR_SIZE = (int) Native.VECTOR_SIZE.call();

    private final BatchScan scan;
    private final List<DataType> types;
    private final NativeBytes copy = new NativeBytes();
    private final boolean[] copied;

    private BatchQueue.@Nullable Slice slice;
    private int next;

    ScanCursor(BatchScan scan, Schema schema) {
        this.scan = scan;
        this.types = schema.fields().stream().map(field -> field.type()).toList();
        this.copied = new boolean[types.size()];
    }

    /** Fills a chunk with the next rows, or with none at the end. */
    void fill(long chunk) {
        BatchQueue.Slice current = slice;
        if (current == null) {
            current = scan.take();
            if (current == null) {
                Native.DATA_CHUNK_SET_SIZE.call(chunk, 0);
                return;
            }
            slice = current;
            next = current.from();
        }
        int rows = Math.min(VECTOR_SIZE, current.to() - next);
        fill(chunk, current.batch(), rows);
        Native.DATA_CHUNK_SET_SIZE.call(chunk, rows);
        next += rows;
        if (next == current.to()) {
            slice = null;
            scan.release(current);
        }
    }

    private void fill(long chunk, RecordBatch batch, int rows) {
        reserveCopies(batch, rows);
        for (int i = 0; i < types.size(); i++) {
            Column column = batch.column(i);
            long bytesAt = copied[i] ? copy((BytesColumn) column, rows) : 0;
            VectorTarget target = VectorTarget.of(Native.DATA_CHUNK_GET_VECTOR.call(chunk, i));
            VectorEncoder.encode(types.get(i), column, next, rows, target, bytesAt);
        }
        if (types.isEmpty()) {
            VectorTarget.of(Native.DATA_CHUNK_GET_VECTOR.call(chunk, 0)).setAllNull(rows);
        }
    }

    /** Makes room for the bytes of all columns with a value that does not fit into the vector itself. */
    private void reserveCopies(RecordBatch batch, int rows) {
        long length = 0;
        for (int i = 0; i < copied.length; i++) {
            copied[i] = batch.column(i) instanceof BytesColumn column && hasLongValue(column, rows);
            if (copied[i]) {
                length += length((BytesColumn) batch.column(i), rows);
            }
        }
        copy.begin(length);
    }

    private int length(BytesColumn column, int rows) {
        return column.offsets()[next + rows] - column.start(next);
    }

    /** Copies the bytes of a column's rows; the address that corresponds to the beginning of its array. */
    private long copy(BytesColumn column, int rows) {
        int from = column.start(next);
        return copy.add(column.data(), from, length(column, rows)) - from;
    }

    private boolean hasLongValue(BytesColumn column, int rows) {
        for (int row = next; row < next + rows; row++) {
            if (column.length(row) > BytesDecoder.INLINE_BYTES) {
                return true;
            }
        }
        return false;
    }

    /** Gives the native copy back, once no chunk points to it. */
    void free() {
        copy.free();
    }
}
