package dev.sluice.spi.destination;

import java.util.List;
import java.util.Objects;

/**
 * What opening a target would do.
 *
 * @param location the place in the destination's words, such as {@code public.orders}; two streams with one location
 *     would mix
 * @param action what happens to the place
 * @param columns where the fields will stand
 * @param guarantee what can be promised about each row
 * @param notes what a person should know, a sentence each
 */
public record TargetPlan(
        String location, Action action, List<ColumnPlan> columns, Guarantee guarantee, List<String> notes) {
    public TargetPlan {
        Objects.requireNonNull(location);
        Objects.requireNonNull(action);
        Objects.requireNonNull(guarantee);
        columns = List.copyOf(columns);
        notes = List.copyOf(notes);
    }

    /** What happens to the place. */
    public enum Action {
        /** It does not exist yet. */
        CREATE,
        /** Rows are added to it or merged into it. */
        EXTEND,
        /** Its content is replaced, once the new one is complete. */
        REPLACE
    }
}
