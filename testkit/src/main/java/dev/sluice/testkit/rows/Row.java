package dev.sluice.testkit.rows;

import dev.sluice.spi.data.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row outside a batch. Immutable; compares by content.
 *
 * @param operation what happened to it; {@link Operation#UPSERT} for a row of a plain read
 * @param values the canonical texts in the order of the schema's fields; null where the row has no value
 * @param unchanged the places whose value the source did not resend; their text is null
 */
public record Row(Operation operation, List<@Nullable String> values, Set<Integer> unchanged) {
    public Row {
        Objects.requireNonNull(operation);
        values = Collections.unmodifiableList(new ArrayList<>(values));
        unchanged = Set.copyOf(unchanged);
    }

    /** A row of a plain read with these canonical texts. */
    public static Row of(@Nullable String... texts) {
        return new Row(Operation.UPSERT, Arrays.asList(texts), Set.of());
    }

    /** A row of a plain read with these canonical texts. */
    public static Row of(List<@Nullable String> texts) {
        return new Row(Operation.UPSERT, texts, Set.of());
    }

    /** The text at a place; null if the row has no value there. */
    public @Nullable String value(int index) {
        return values.get(index);
    }

    /**
     * The text at a place that holds a value in every row, such as a key.
     *
     * @throws NullPointerException if it holds none
     */
    public String text(int index) {
        return Objects.requireNonNull(values.get(index), () -> "no value at " + index + " of " + this);
    }

    /** The same row with another value at a place. */
    public Row with(int index, @Nullable String text) {
        List<@Nullable String> changed = new ArrayList<>(values);
        changed.set(index, text);
        return new Row(operation, changed, unchanged);
    }

    /** The same values as the outcome of another operation. */
    public Row as(Operation other) {
        return new Row(other, values, unchanged);
    }

    /** The values at these places, in this order. */
    public Row select(List<Integer> places) {
        List<@Nullable String> chosen = new ArrayList<>(places.size());
        for (int place : places) {
            chosen.add(values.get(place));
        }
        return Row.of(chosen);
    }

    /** For messages: long values are cut, and an operation stands before the values. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(operation == Operation.UPSERT ? "(" : operation + " (");
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            String value = values.get(i);
            if (unchanged.contains(i)) {
                out.append("<unchanged>");
            } else if (value == null) {
                out.append("null");
            } else {
                out.append('"')
                        .append(value.length() <= 60 ? value : value.substring(0, 50) + "... of " + value.length())
                        .append('"');
            }
        }
        return out.append(')').toString();
    }
}
