package dev.sluice.engine.map;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a stream stands on.
 *
 * @param key the fields that tell rows apart at the destination; empty if nothing goes by them
 * @param cursor the field that tells what is new; null if nothing goes by it
 */
public record Roles(List<String> key, @Nullable String cursor) {
    /** Nothing goes by any field. */
    public static final Roles NONE = new Roles(List.of(), null);

    public Roles {
        key = List.copyOf(key);
    }

    /** What the field is for; null if for nothing. */
    @Nullable
    String of(String field) {
        return key.contains(field) ? "the primary key" : field.equals(cursor) ? "the cursor" : null;
    }

    Roles renamed(String from, String to) {
        return new Roles(
                key.stream().map(name -> name.equals(from) ? to : name).toList(), from.equals(cursor) ? to : cursor);
    }
}
