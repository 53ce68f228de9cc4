package dev.sluice.engine.map;

import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Renames a field or leaves it out.
 *
 * @param index its place
 * @param from its name
 * @param to its new name; null to leave it out
 * @param schema the fields after it
 */
record ReshapeStep(int index, String from, @Nullable String to, Schema schema) implements Step {
    static Step rename(MapperSpec.Rename spec, Schema before) {
        int index = MapperProblems.require(before, spec.field(), "rename");
        if (!spec.to().equals(spec.field())) {
            MapperProblems.requireFree(before, spec.to(), "the renamed field");
        }
        Field field = new Field(spec.to(), before.field(index).type());
        return new ReshapeStep(index, spec.field(), spec.to(), Columns.with(before, index, field));
    }

    static Step remove(MapperSpec.Remove spec, Schema before, Roles roles) {
        int index = MapperProblems.require(before, spec.field(), "remove");
        MapperProblems.requireNoRole(roles, spec.field(), "removed");
        List<Field> fields = new ArrayList<>(before.fields());
        fields.remove(index);
        if (fields.isEmpty()) {
            throw MapperProblems.invalid("no field would be left without " + spec.field())
                    .exception();
        }
        return new ReshapeStep(index, spec.field(), null, new Schema(fields));
    }

    @Override
    public void apply(Frame frame) {
        RecordBatch batch = frame.batch();
        if (to != null) {
            frame.become(schema, batch.columns(), Columns.renamed(batch.changes(), from, to));
            return;
        }
        List<Column> columns = new ArrayList<>(batch.columns());
        columns.remove(index);
        List<ValueChange> changes = batch.changes().stream()
                .filter(change -> !change.field().equals(from))
                .toList();
        frame.become(schema, columns, changes);
    }
}
