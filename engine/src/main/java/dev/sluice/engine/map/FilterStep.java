package dev.sluice.engine.map;

import dev.sluice.engine.expr.Expression;
import dev.sluice.engine.expr.Syntax;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Schema;
import java.util.BitSet;
import java.util.Objects;

/**
 * Keeps the rows for which a condition is true. Deletes always pass, as the destination may have what they delete. A row
 * for which the condition has no result is rejected under any policy: nobody knows on which side it belongs.
 *
 * @param condition the condition
 * @param kept the places of the fields that a row keeps when it goes on as a delete
 * @param schema the fields, which stay as they are
 */
record FilterStep(Expression condition, BitSet kept, Schema schema) implements Step {
    static Step of(MapperSpec.Filter spec, Schema before, Roles roles) {
        Syntax tree = spec.tree() == null ? Syntax.parse(spec.text()) : Objects.requireNonNull(spec.tree());
        Expression condition = Expression.of(tree, before);
        if (!(condition.type() instanceof DataType.BoolType)) {
            throw MapperProblems.invalid("a filter needs a condition, and `" + spec.text() + "` is a "
                            + condition.type().notation())
                    .fix("compare it with something: `" + spec.text() + " = ...`")
                    .exception();
        }
        BitSet kept = new BitSet();
        for (int i = 0; i < before.size(); i++) {
            kept.set(i, roles.of(before.field(i).name()) != null);
        }
        return new FilterStep(condition, kept, before);
    }

    @Override
    public void apply(Frame frame) {
        RecordBatch batch = frame.batch();
        boolean[] active = Evaluation.active(frame, condition, "");
        Expression.Result result = condition.evaluate(batch.columns(), active);
        BoolColumn passes = (BoolColumn) result.values();
        BitSet out = new BitSet();
        for (int row = 0; row < active.length; row++) {
            String why = result.trouble().of(row);
            if (why != null) {
                frame.reject(row, "CANNOT_FILTER", "the condition has no result: " + why, "");
            } else if (active[row] && !(passes.isPresent(row) && passes.values()[row])) {
                out.set(row);
            }
        }
        if (!out.isEmpty()) {
            if (frame.removes()) {
                frame.remove(out, kept);
            } else {
                frame.drop(out);
            }
        }
        frame.settle();
    }
}
