package dev.sluice.spi.catalog;

import java.util.List;

/**
 * The way to a field: its name, preceded by those of the objects that it lies in.
 *
 * @param parts the names from the outside in, at least one
 */
public record FieldPath(List<String> parts) {
    public FieldPath {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a field path needs a part");
        }
    }

    /** The path of a field that lies in no object. */
    public static FieldPath of(String name) {
        return new FieldPath(List.of(name));
    }

    /** True if the field lies in no object. */
    public boolean isTopLevel() {
        return parts.size() == 1;
    }

    /** The name of the column that holds the field. */
    public String column() {
        return parts.getFirst();
    }

    /** The parts joined by dots; for people, not for parsing. */
    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
