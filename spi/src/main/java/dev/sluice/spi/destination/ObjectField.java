package dev.sluice.spi.destination;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.List;
import java.util.Objects;

/**
 * A field of an object that an operation writes.
 *
 * @param field its name in the system and the type of the values that it takes, whole and floating numbers always of 64
 *     bits; a value of another type is converted, or its record is rejected
 * @param label the name for people; the name itself if there is none
 * @param required true if the operation cannot do without it
 * @param allowed the only values that it takes, as texts; empty if it takes any
 */
public record ObjectField(Field field, String label, boolean required, List<String> allowed) {
    public ObjectField {
        Objects.requireNonNull(field);
        Objects.requireNonNull(label);
        allowed = List.copyOf(allowed);
        boolean narrow = (field.type() instanceof DataType.IntType(int bits) && bits != 64)
                || (field.type() instanceof DataType.FloatType(int width) && width != 64);
        if (narrow) {
            throw new IllegalArgumentException("the numbers of an object's field have 64 bits: " + field.name());
        }
    }

    /** Its name in the system. */
    public String name() {
        return field.name();
    }
}
