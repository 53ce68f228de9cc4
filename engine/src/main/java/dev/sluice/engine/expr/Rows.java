package dev.sluice.engine.expr;

import dev.sluice.spi.data.Column;
import dev.sluice.spi.type.Schema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that an expression is evaluated for: their columns as vectors, each made once. One thread uses it. */
final class Rows {
    private final Schema schema;
    private final List<Column> columns;
    private final @Nullable Vector[] vectors;
    private final int size;
    private final Trouble trouble;

    Rows(Schema schema, List<Column> columns, int size) {
        this.schema = schema;
        this.columns = columns;
        this.size = size;
        vectors = new @Nullable Vector[columns.size()];
        trouble = new Trouble(size);
    }

    int size() {
        return size;
    }

    Trouble trouble() {
        return trouble;
    }

    /** The values of a field; a decimal that is no number makes the asked rows fail. */
    Vector field(int index, boolean[] active) {
        Vector known = vectors[index];
        if (known == null) {
            known = ColumnVectors.of(schema.field(index).type(), columns.get(index), size);
            vectors[index] = known;
        }
        if (known instanceof Vector.Decimals decimals) {
            for (int row = 0; row < size; row++) {
                if (active[row] && decimals.present[row] && decimals.values[row] == null) {
                    trouble.fail(row, "the field " + schema.field(index).name() + " is NaN or infinite");
                }
            }
        }
        return known;
    }

    /** A mask of rows that are all asked for. */
    static boolean[] all(int size) {
        boolean[] all = new boolean[size];
        Arrays.fill(all, true);
        return all;
    }
}
