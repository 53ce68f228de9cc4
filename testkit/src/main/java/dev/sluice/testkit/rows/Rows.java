package dev.sluice.testkit.rows;

import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads batches back as rows, and compares rows exactly. */
public final class Rows {
    private static final int SHOWN = 8;

    private Rows() {}

    /** The rows of a batch, in order. */
    public static List<Row> of(RecordBatch batch) {
        List<Row> rows = new ArrayList<>(batch.rows());
        for (int row = 0; row < batch.rows(); row++) {
            List<@Nullable String> values = new ArrayList<>(batch.columns().size());
            Set<Integer> unchanged = new HashSet<>();
            for (int i = 0; i < batch.columns().size(); i++) {
                Field field = batch.schema().field(i);
                Column column = batch.column(i);
                values.add(ValueText.of(field.type(), column, row).orElse(null));
                if (column.isUnchanged(row)) {
                    unchanged.add(i);
                }
            }
            rows.add(new Row(batch.operation(row), values, unchanged));
        }
        return rows;
    }

    /** The rows of several batches, in order. */
    public static List<Row> of(List<RecordBatch> batches) {
        List<Row> rows = new ArrayList<>();
        batches.forEach(batch -> rows.addAll(of(batch)));
        return rows;
    }

    /**
     * Demands that both sides hold the same rows, each equally often, in any order.
     *
     * @param what what is compared, for the message
     * @throws AssertionError if they do not; it lists rows that are missing and rows that are too many
     */
    public static void assertSame(String what, Collection<Row> expected, Collection<Row> actual) {
        Map<Row, Integer> missing = new LinkedHashMap<>();
        expected.forEach(row -> missing.merge(row, 1, Integer::sum));
        List<Row> surplus = new ArrayList<>();
        for (Row row : actual) {
            Integer left = missing.get(row);
            if (left == null) {
                surplus.add(row);
            } else if (left == 1) {
                missing.remove(row);
            } else {
                missing.put(row, left - 1);
            }
        }
        if (!missing.isEmpty() || !surplus.isEmpty()) {
            throw new AssertionError(what + ": " + actual.size() + " rows instead of " + expected.size()
                    + "\n  missing: " + listed(missing.keySet()) + "\n  too many: " + listed(surplus));
        }
    }

    /**
     * Demands that both sides hold the same rows, however often each occurs: for reads that may repeat rows because the
     * destination keeps one a key.
     */
    public static void assertSameSet(String what, Collection<Row> expected, Collection<Row> actual) {
        assertSame(what, new HashSet<>(expected), new HashSet<>(actual));
    }

    /** The last row of each key, in the order of first appearance of the keys. */
    public static Map<List<@Nullable String>, Row> lastByKey(Collection<Row> rows, List<Integer> key) {
        Map<List<@Nullable String>, Row> last = new LinkedHashMap<>();
        rows.forEach(row -> last.put(row.select(key).values(), row));
        return last;
    }

    /** How often each row occurs more than once; empty if all differ. */
    public static Map<Row, Integer> repeated(Collection<Row> rows) {
        Map<Row, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        counts.values().removeIf(count -> count == 1);
        return counts;
    }

    private static String listed(Collection<Row> rows) {
        if (rows.isEmpty()) {
            return "none";
        }
        StringBuilder out = new StringBuilder();
        rows.stream().limit(SHOWN).forEach(row -> out.append("\n    ").append(row));
        if (rows.size() > SHOWN) {
            out.append("\n    and ").append(rows.size() - SHOWN).append(" more");
        }
        return out.toString();
    }
}
