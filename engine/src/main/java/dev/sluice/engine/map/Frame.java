package dev.sluice.engine.map;

import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.Operation;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.RowSelection;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch on its way through the steps: what it is now, and which rows of it came from where. One thread uses it. */
final class Frame {
    private final boolean annotates;
    private final boolean removes;
    private final List<Mapped.Rejection> rejections = new ArrayList<>();
    private RecordBatch batch;
    private int @Nullable [] origins;
    private @Nullable BitSet removals;
    private @Nullable BitSet leaving;
    private int dropped;

    /**
     * Begins with a batch as its source made it.
     *
     * @param annotates true if a value that cannot be made becomes null with a mark, false if its row is rejected
     * @param removes true if rows that do not pass a filter go on as deletes
     */
    Frame(RecordBatch batch, boolean annotates, boolean removes) {
        this.batch = batch;
        this.annotates = annotates;
        this.removes = removes;
    }

    RecordBatch batch() {
        return batch;
    }

    boolean removes() {
        return removes;
    }

    /** True if nothing is to be made of the row's values: it is gone, and only its key is sure to be there. */
    boolean isDelete(int row) {
        return batch.operation(row) == Operation.DELETE;
    }

    /** The rows have these fields from now on. */
    void become(Schema schema, List<Column> columns, List<ValueChange> changes) {
        batch = new RecordBatch(schema, batch.rows(), columns, operations(), changes, batch.extractedAt());
    }

    private byte @Nullable [] operations() {
        if (!batch.hasOperations()) {
            return null;
        }
        byte[] codes = new byte[batch.rows()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = batch.operation(row).code();
        }
        return codes;
    }

    /** A value of a row cannot be made; the row leaves at the end of the step, or the value becomes null with a mark. */
    void fail(int row, String code, String reason, String field, List<ValueChange> changes) {
        if (annotates) {
            changes.add(new ValueChange(
                    row, field, ValueChange.Change.NULLED, ValueChange.Reason.PLATFORM_SERIALIZATION_ERROR));
        } else {
            reject(row, code, reason, field);
        }
    }

    /** A row cannot go on; it leaves at the end of the step. */
    void reject(int row, String code, String reason, String field) {
        BitSet rows = leaving == null ? new BitSet() : leaving;
        leaving = rows;
        if (!rows.get(row)) {
            rows.set(row);
            rejections.add(new Mapped.Rejection(origins == null ? row : origins[row], code, reason, field));
        }
    }

    /** Rows that did not pass a filter leave at the end of the step. */
    void drop(BitSet rows) {
        dropped += rows.cardinality();
        BitSet all = leaving == null ? new BitSet() : leaving;
        all.or(rows);
        leaving = all;
    }

    /**
     * Rows that did not pass a filter go on as deletes, without their values.
     *
     * @param kept the places of the fields whose values they keep
     */
    void remove(BitSet rows, BitSet kept) {
        List<Column> columns = new ArrayList<>(batch.columns());
        for (int i = 0; i < columns.size(); i++) {
            if (!kept.get(i)) {
                columns.set(
                        i,
                        Columns.without(
                                rows, columns.get(i), batch.schema().field(i).type()));
            }
        }
        byte[] codes = new byte[batch.rows()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = (rows.get(row) ? Operation.DELETE : batch.operation(row)).code();
        }
        List<ValueChange> changes = batch.changes().stream()
                .filter(change -> !rows.get(change.row()))
                .toList();
        batch = new RecordBatch(batch.schema(), batch.rows(), columns, codes, changes, batch.extractedAt());
        BitSet all = removals == null ? new BitSet() : removals;
        all.or(rows);
        removals = all;
    }

    /** Ends a step: the rows that shall leave do. */
    void settle() {
        BitSet gone = leaving;
        if (gone == null || gone.isEmpty()) {
            return;
        }
        int[] left = new int[batch.rows() - gone.cardinality()];
        int at = 0;
        for (int row = gone.nextClearBit(0); row < batch.rows(); row = gone.nextClearBit(row + 1)) {
            left[at++] = row;
        }
        batch = RowSelection.of(batch, left);
        int[] before = origins;
        int[] now = left.clone();
        BitSet removed = removals;
        BitSet stillRemoved = new BitSet();
        for (int i = 0; i < left.length; i++) {
            now[i] = before == null ? left[i] : before[left[i]];
            stillRemoved.set(i, removed != null && removed.get(left[i]));
        }
        origins = now;
        removals = removed == null ? null : stillRemoved;
        leaving = null;
    }

    /**
     * What came of it.
     *
     * @param source the batch as its source made it, which goes along with what was made of it; null if it must not
     */
    Mapped result(@Nullable RecordBatch source) {
        RecordBatch made = source == null || batch == source ? batch : batch.madeOf(source, origins);
        return new Mapped(made, dropped, removals == null ? new BitSet() : removals, rejections);
    }
}
