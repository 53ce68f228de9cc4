package dev.sluice.engine.map;

import dev.sluice.engine.expr.Expression;
import dev.sluice.engine.expr.Syntax;
import dev.sluice.engine.expr.Trouble;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Adds a field whose values come of an expression, or puts it in the place of another.
 *
 * @param index where it stands
 * @param field the field
 * @param expression what its values come of
 * @param schema the fields after it
 */
record ComputeStep(int index, Field field, Expression expression, Schema schema) implements Step {
    static Step of(MapperSpec.Compute spec, Schema before, Roles roles) {
        Expression expression = Expression.of(Syntax.parse(spec.value()), before);
        Field field = new Field(spec.field(), expression.type());
        if (spec.replaces()) {
            int index = MapperProblems.require(before, spec.field(), "replace");
            MapperProblems.requireNoRole(roles, spec.field(), "replaced");
            return new ComputeStep(index, field, expression, Columns.with(before, index, field));
        }
        MapperProblems.requireFree(before, spec.field(), "the computed field");
        List<Field> fields = new ArrayList<>(before.fields());
        fields.add(field);
        return new ComputeStep(before.size(), field, expression, new Schema(fields));
    }

    @Override
    public void apply(Frame frame) {
        RecordBatch batch = frame.batch();
        List<ValueChange> changes = new ArrayList<>(batch.changes());
        Column made = values(frame, batch, changes);
        List<Column> columns = new ArrayList<>(batch.columns());
        if (index == columns.size()) {
            columns.add(made);
        } else {
            columns.set(index, made);
        }
        frame.become(schema, columns, changes);
        frame.settle();
    }

    private Column values(Frame frame, RecordBatch batch, List<ValueChange> changes) {
        OptionalInt copied = expression.copiedField();
        if (copied.isPresent()) {
            return batch.column(copied.getAsInt());
        }
        boolean[] active = Evaluation.active(frame, expression, field.name());
        Expression.Result result = expression.evaluate(batch.columns(), active);
        Trouble trouble = result.trouble();
        for (int row = 0; row < active.length && !trouble.isEmpty(); row++) {
            String why = trouble.of(row);
            if (why != null) {
                frame.fail(row, "CANNOT_COMPUTE", "the field " + field.name() + ": " + why, field.name(), changes);
            }
        }
        return result.values();
    }
}
