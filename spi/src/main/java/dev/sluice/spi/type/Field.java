package dev.sluice.spi.type;

import java.util.Objects;

/**
 * A named column of a stream. Immutable.
 *
 * @param name the name as the source spells it, not empty
 * @param type the type of its values
 */
public record Field(String name, DataType type) {
    public Field {
        Objects.requireNonNull(type);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a field needs a name");
        }
    }
}
