package dev.sluice.spi.catalog;

import org.jspecify.annotations.Nullable;

/**
 * The field by which an incremental read tells what is new.
 *
 * @param field the field that the source proposes; null if it proposes none
 * @param sourceDefined true if the source decides, and nobody may choose another
 */
public record Cursor(@Nullable FieldPath field, boolean sourceDefined) {
    /** No proposal: whoever wants an incremental read chooses a field. */
    public static final Cursor NONE = new Cursor(null, false);

    /** A cursor that the source keeps by itself, such as a log position. */
    public static final Cursor KEPT_BY_SOURCE = new Cursor(null, true);
}
