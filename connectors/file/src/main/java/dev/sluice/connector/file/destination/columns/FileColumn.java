package dev.sluice.connector.file.destination.columns;

import dev.sluice.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A column of the files that a run writes.
 *
 * @param name its name
 * @param fileType its type in the words of the format
 * @param index the place of its field in the batches; -1 if the field no longer comes
 * @param field the name of its field
 * @param type the type of the values that come; null if none come
 */
public record FileColumn(
        String name,
        String fileType,
        int index,
        String field,
        @Nullable DataType type) {
    /** True if values come for it. */
    public boolean isFilled() {
        return index >= 0;
    }
}
