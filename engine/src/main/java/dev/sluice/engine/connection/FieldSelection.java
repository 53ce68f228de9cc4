package dev.sluice.engine.connection;

import java.util.List;

/** Which fields of a stream are copied. */
public sealed interface FieldSelection {

    /** All, also those that the source gets later. */
    record All() implements FieldSelection {}

    /**
     * Only some.
     *
     * @param names their names, in any order
     */
    record Include(List<String> names) implements FieldSelection {
        public Include {
            names = List.copyOf(names);
        }
    }

    /**
     * All but some.
     *
     * @param names the names of those that are left out
     */
    record Exclude(List<String> names) implements FieldSelection {
        public Exclude {
            names = List.copyOf(names);
        }
    }
}
