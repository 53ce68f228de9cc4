package dev.sluice.server.schemas;

import dev.sluice.spi.catalog.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connection needs of a stream.
 *
 * @param cursor the field that it reads by; null if it needs none, or the source has its own
 * @param key the fields that it tells rows apart by; empty if it does not
 * @param incremental true if it reads what is new alone
 */
public record StreamUse(@Nullable FieldPath cursor, List<FieldPath> key, boolean incremental) {
    /** Nothing but the rows. */
    public static final StreamUse ROWS = new StreamUse(null, List.of(), false);

    public StreamUse {
        key = List.copyOf(key);
    }

    /** True if it cannot do without this field. */
    boolean needs(FieldPath field) {
        return isAt(field, cursor) || key.stream().anyMatch(part -> isAt(field, part));
    }

    /** True if a field is the place or holds it. */
    private static boolean isAt(FieldPath field, @Nullable FieldPath place) {
        return place != null
                && place.parts().size() >= field.parts().size()
                && place.parts().subList(0, field.parts().size()).equals(field.parts());
    }
}
