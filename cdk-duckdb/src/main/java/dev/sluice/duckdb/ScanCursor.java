package dev.sluice.duckdb;

import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of DuckDB's threads on its way through the batches of a scan: it takes a batch and fills chunk after chunk with it.
 *
 * <p>The strings of a chunk point into native copies of the batch's bytes. DuckDB is done with a chunk when it asks for
 * the next one, or when the statement has ended, so a copy is written over or freed no earlier.
 */
final class ScanCursor {
    private static final int VECTOR_SIZE = (int) Native.VECTOR_SIZE.call();

    private final BatchScan scan;
    private final List<DataType> types;
    private final @Nullable NativeBytes[] copies;
    private final long[] bytesAt;

    private @Nullable RecordBatch batch;
    private int next;

    ScanCursor(BatchScan scan, Schema schema) {
        this.scan = scan;
        this.types = schema.fields().stream().map(field -> field.type()).toList();
        this.copies = new NativeBytes[types.size()];
        this.bytesAt = new long[types.size()];
    }

    /** Fills a chunk with the next rows, or with none at the end. */
    void fill(long chunk) {
        RecordBatch current = batch;
        if (current == null) {
            current = scan.take();
            if (current == null) {
                Native.DATA_CHUNK_SET_SIZE.call(chunk, 0);
                return;
            }
            begin(current);
        }
        int rows = Math.min(VECTOR_SIZE, current.rows() - next);
        for (int i = 0; i < types.size(); i++) {
            VectorTarget target = VectorTarget.of(Native.DATA_CHUNK_GET_VECTOR.call(chunk, i));
            VectorEncoder.encode(types.get(i), current.column(i), next, rows, target, bytesAt[i]);
        }
        if (types.isEmpty()) {
            VectorTarget.of(Native.DATA_CHUNK_GET_VECTOR.call(chunk, 0)).setAllNull(rows);
        }
        Native.DATA_CHUNK_SET_SIZE.call(chunk, rows);
        next += rows;
        if (next == current.rows()) {
            batch = null;
            scan.release(current);
        }
    }

    private void begin(RecordBatch taken) {
        batch = taken;
        next = 0;
        for (int i = 0; i < types.size(); i++) {
            if (taken.column(i) instanceof BytesColumn column) {
                bytesAt[i] = copy(i, column);
            }
        }
    }

    /** The address that corresponds to the beginning of a column's array. */
    private long copy(int index, BytesColumn column) {
        if (!hasLongValue(column)) {
            return 0;
        }
        NativeBytes copy = copies[index];
        if (copy == null) {
            copy = new NativeBytes();
            copies[index] = copy;
        }
        int from = column.start(0);
        int to = column.offsets()[column.size()];
        return copy.copy(column.data(), from, to - from) - from;
    }

    /** True if a value does not fit into the vector itself. */
    private static boolean hasLongValue(Column column) {
        BytesColumn bytes = (BytesColumn) column;
        for (int row = 0; row < bytes.size(); row++) {
            if (bytes.length(row) > BytesDecoder.INLINE_BYTES) {
                return true;
            }
        }
        return false;
    }

    /** Gives the native copies back, once no chunk points to them. */
    void free() {
        for (NativeBytes copy : copies) {
            if (copy != null) {
                copy.free();
            }
        }
    }
}
