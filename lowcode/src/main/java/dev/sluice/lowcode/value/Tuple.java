package dev.sluice.lowcode.value;

import java.util.List;

/**
 * A tuple of Python: like a list, but not one.
 *
 * @param items the elements
 */
public record Tuple(List<Object> items) {
    public Tuple {
        items = List.copyOf(items);
    }

    /** A tuple of these. */
    public static Tuple of(Object... items) {
        return new Tuple(List.of(items));
    }
}
