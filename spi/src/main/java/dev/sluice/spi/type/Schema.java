package dev.sluice.spi.type;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The fields of a stream, in order. Names are unique and compare by case. Immutable.
 *
 * @param fields the fields; may be empty, as a table without columns is legal
 */
public record Schema(List<Field> fields) {
    public Schema {
        fields = List.copyOf(fields);
        Map<String, Field> seen = HashMap.newHashMap(fields.size());
        for (Field field : fields) {
            if (seen.put(field.name(), field) != null) {
                throw new IllegalArgumentException("two fields are named " + field.name());
            }
        }
    }

    /** A schema of the given fields, in order. */
    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    /** The number of fields. */
    public int size() {
        return fields.size();
    }

    /** The field at a place, counted from 0. */
    public Field field(int index) {
        return fields.get(index);
    }

    /** The place of the field with this name, or empty if there is none. */
    public OptionalInt indexOf(String name) {
        Objects.requireNonNull(name);
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The names in order. */
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }
}
