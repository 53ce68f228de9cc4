package dev.sluice.cdk.sql;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of a small query.
 *
 * @param values texts, {@link Long}s, {@link Boolean}s and nulls
 */
public record SqlRow(List<@Nullable Object> values) {
    /** Makes a row of these values; keeps the list. */
    public SqlRow(List<@Nullable Object> values) {
        this.values = Collections.unmodifiableList(values);
    }

    /** The value as text; null if it is null. */
    public @Nullable String text(int index) {
        Object value = values.get(index);
        return value == null ? null : value.toString();
    }

    /** The value as text, which must not be null. */
    public String requireText(int index) {
        return Objects.requireNonNull(text(index), "a column that is never null is null");
    }

    /** The value as a whole number; 0 if it is null. */
    public long whole(int index) {
        return switch (values.get(index)) {
            case null -> 0;
            case Number number -> number.longValue();
            case Object other -> Long.parseLong(other.toString());
        };
    }

    /** The value as a truth; false if it is null. */
    public boolean truth(int index) {
        return switch (values.get(index)) {
            case null -> false;
            case Boolean truth -> truth;
            case Object other ->
                "true".equals(other.toString()) || "t".equals(other.toString()) || "1".equals(other.toString());
        };
    }
}
