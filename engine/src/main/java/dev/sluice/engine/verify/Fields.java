package dev.sluice.engine.verify;

import dev.sluice.engine.plan.StreamPlan;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.destination.ColumnPlan;
import dev.sluice.spi.source.ChangeFields;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which fields of a stream are compared with which columns.
 *
 * @param compared the fields, each with its column
 * @param key the places of the key's fields in {@code compared}; empty if nothing tells rows apart
 * @param stored the columns that are read
 * @param notes what is not compared, and why
 */
record Fields(List<Compared> compared, List<Integer> key, Schema stored, List<String> notes) {
    /** The column in which a row tells what was done to its values. */
    static final String META = "_airbyte_meta";

    Fields {
        compared = List.copyOf(compared);
        key = List.copyOf(key);
        notes = List.copyOf(notes);
    }

    /**
     * A field and its column.
     *
     * @param field the field as it is written
     * @param source its place in the rows of the source
     * @param stored the place of its column in the rows that are read back
     * @param readers how the values of both are made comparable
     */
    record Compared(Field field, int source, int stored, ValueReader.Both readers) {}

    static Fields of(StreamPlan plan, Schema columns) {
        Map<String, String> columnOf = new LinkedHashMap<>();
        for (ColumnPlan column : plan.preview().columns()) {
            columnOf.put(column.field().name(), column.column());
        }
        Schema written = plan.target().schema();
        boolean isOfLog = plan.read().stream().cursor().sourceDefined();
        Set<String> random = plan.mapping().random();
        List<Compared> compared = new ArrayList<>();
        List<Field> stored = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            Field field = written.field(i);
            OptionalInt place = find(columns, columnOf.getOrDefault(field.name(), field.name()));
            if (random.contains(field.name())) {
                notes.add("the field " + field.name() + " is not compared: it is encrypted anew each time");
            } else if (isOfLog && ChangeFields.isOne(field.name())) {
                notes.add("the field " + field.name() + " is not compared: it tells of the log and not of the row");
            } else if (place.isEmpty()) {
                notes.add("the field " + field.name() + " is not compared: its column is not there yet");
            } else {
                Field column = columns.field(place.getAsInt());
                compared.add(new Compared(field, i, stored.size(), ValueReader.of(field.type(), column.type())));
                stored.add(column);
            }
        }
        find(columns, META).ifPresent(place -> stored.add(columns.field(place)));
        return new Fields(compared, key(plan.key(), compared), new Schema(stored), notes);
    }

    private static OptionalInt find(Schema columns, String name) {
        OptionalInt exact = columns.indexOf(name);
        if (exact.isPresent()) {
            return exact;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (columns.field(i).name().equalsIgnoreCase(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private static List<Integer> key(List<FieldPath> paths, List<Compared> compared) {
        List<Integer> key = new ArrayList<>();
        for (FieldPath path : paths) {
            for (int i = 0; i < compared.size(); i++) {
                if (compared.get(i).field().name().equals(path.column())) {
                    key.add(i);
                }
            }
        }
        return key.size() == paths.size() ? key : List.of();
    }

    /** True if something tells rows apart. */
    boolean hasKey() {
        return !key.isEmpty();
    }
}
