package dev.sluice.spi.destination;

import dev.sluice.spi.type.Field;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a field will stand at the destination.
 *
 * @param field the field
 * @param column the name of its column after the destination's rules for identifiers
 * @param columnType the type of the column in the destination's words
 * @param fit how well the values fit
 * @param action what happens to the column
 * @param note what a person should know, such as which values do not fit; null if nothing
 */
public record ColumnPlan(
        Field field,
        String column,
        String columnType,
        Fit fit,
        Action action,
        @Nullable String note) {
    public ColumnPlan {
        Objects.requireNonNull(field);
        Objects.requireNonNull(column);
        Objects.requireNonNull(columnType);
        Objects.requireNonNull(fit);
        Objects.requireNonNull(action);
    }

    /** What happens to a column. */
    public enum Action {
        /** It is there and stays as it is. */
        KEEP,
        /** It comes with a new table. */
        CREATE,
        /** It is added to a table that is there. */
        ADD,
        /** It is there, and its type becomes wider. */
        WIDEN
    }
}
