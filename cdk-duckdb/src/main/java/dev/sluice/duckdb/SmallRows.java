package dev.sluice.duckdb;

import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.type.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns rows of a batch into lists of objects, for the few rows of catalogs and ledgers. */
final class SmallRows {
    private SmallRows() {}

    static List<@Nullable Object> row(RecordBatch batch, int row) {
        List<@Nullable Object> values = new ArrayList<>(batch.columns().size());
        for (int i = 0; i < batch.columns().size(); i++) {
            values.add(value(batch.schema().field(i).type(), batch.column(i), row));
        }
        return Collections.unmodifiableList(values);
    }

    private static @Nullable Object value(DataType type, Column column, int row) {
        if (!column.isPresent(row)) {
            return null;
        }
        if (column instanceof BoolColumn truths) {
            return truths.values()[row];
        }
        if (column instanceof DoubleColumn reals) {
            return reals.values()[row];
        }
        if (type instanceof DataType.IntType) {
            return column instanceof LongColumn wide
                    ? (Long) wide.values()[row]
                    : (Long) (long) ((IntColumn) column).values()[row];
        }
        return ValueText.of(type, column, row).orElse(null);
    }
}
