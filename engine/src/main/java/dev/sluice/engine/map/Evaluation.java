package dev.sluice.engine.map;

import dev.sluice.engine.expr.Expression;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;

/** For which rows of a batch an expression is evaluated. */
final class Evaluation {
    private Evaluation() {}

    /**
     * All but the deletes, of which only the key is sure to be there, and those with a value that a log did not resend.
     * Of the latter nobody knows what would come out, so they are rejected.
     *
     * @param field the field that is to be made; empty if it is none
     */
    static boolean[] active(Frame frame, Expression expression, String field) {
        RecordBatch batch = frame.batch();
        boolean[] active = new boolean[batch.rows()];
        for (int row = 0; row < active.length; row++) {
            active[row] = !frame.isDelete(row);
        }
        for (int index : expression.fields()) {
            Column column = batch.column(index);
            for (int row = 0; column.hasUnchanged() && row < active.length; row++) {
                if (active[row] && column.isUnchanged(row)) {
                    active[row] = false;
                    String name = batch.schema().field(index).name();
                    frame.reject(row, "UNCHANGED_VALUE", "the source did not resend the field " + name, field);
                }
            }
        }
        return active;
    }
}
