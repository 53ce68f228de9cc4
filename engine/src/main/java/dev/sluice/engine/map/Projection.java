package dev.sluice.engine.map;

import dev.sluice.engine.expr.Expression;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.destination.ObjectField;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the fields of an object out of the fields of a stream: each of one expression, in the type that the object has. A row of
 * which a value cannot be made so is rejected.
 */
public final class Projection implements Step {
    private final List<Part> parts;
    private final Schema schema;

    /**
     * A field and what its values come of.
     *
     * @param field the field of the object
     * @param value an expression of the field's type, over the fields of the stream
     * @param words the expression in words for people
     */
    public record Part(ObjectField field, Expression value, String words) {}

    public Projection(List<Part> parts) {
        this.parts = List.copyOf(parts);
        this.schema =
                new Schema(parts.stream().map(part -> part.field().field()).toList());
    }

    @Override
    public Schema schema() {
        return schema;
    }

    List<Part> parts() {
        return parts;
    }

    /** The field that takes the values of a field of the stream just as they are; null if none does. */
    @Nullable
    String copyOf(Schema before, String field) {
        for (Part part : parts) {
            OptionalInt copied = part.value().copiedField();
            if (copied.isPresent() && before.field(copied.getAsInt()).name().equals(field)) {
                return part.field().name();
            }
        }
        return null;
    }

    @Override
    public void apply(Frame frame) {
        RecordBatch batch = frame.batch();
        List<ValueChange> changes = new ArrayList<>();
        List<Column> columns = new ArrayList<>(parts.size());
        for (Part part : parts) {
            columns.add(values(frame, batch, part));
            carry(batch, part, changes);
        }
        frame.become(schema, columns, changes);
        frame.settle();
    }

    /** What the source altered stays marked where its values are copied. */
    private static void carry(RecordBatch batch, Part part, List<ValueChange> changes) {
        OptionalInt copied = part.value().copiedField();
        if (copied.isPresent()) {
            String from = batch.schema().field(copied.getAsInt()).name();
            for (ValueChange change : batch.changes()) {
                if (change.field().equals(from)) {
                    changes.add(new ValueChange(change.row(), part.field().name(), change.change(), change.reason()));
                }
            }
        }
    }

    private static Column values(Frame frame, RecordBatch batch, Part part) {
        Field field = part.field().field();
        OptionalInt copied = part.value().copiedField();
        boolean[] active = Evaluation.active(frame, part.value(), field.name());
        Column values;
        if (copied.isPresent()) {
            values = batch.column(copied.getAsInt());
        } else {
            Expression.Result result = part.value().evaluate(batch.columns(), active);
            values = result.values();
            for (int row = 0; row < active.length && !result.trouble().isEmpty(); row++) {
                String why = result.trouble().of(row);
                if (why != null) {
                    frame.reject(row, "CANNOT_CONVERT", "the field " + field.name() + ": " + why, field.name());
                }
            }
        }
        check(frame, part.field(), values, active);
        return values;
    }

    /** What the object does not take is known before anything is sent. */
    private static void check(Frame frame, ObjectField object, Column values, boolean[] active) {
        if (!object.required() && object.allowed().isEmpty()) {
            return;
        }
        Set<String> allowed = new HashSet<>(object.allowed());
        for (int row = 0; row < active.length; row++) {
            if (!active[row]) {
                continue;
            }
            if (!values.isPresent(row)) {
                if (object.required()) {
                    frame.reject(row, "REQUIRED", "the field " + object.name() + " is required", object.name());
                }
            } else if (!allowed.isEmpty()
                    && !allowed.contains(
                            ValueText.of(object.field().type(), values, row).orElse(""))) {
                frame.reject(row, "NOT_ALLOWED", "the field " + object.name() + " takes other values", object.name());
            }
        }
    }
}
