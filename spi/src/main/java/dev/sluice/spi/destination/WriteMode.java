package dev.sluice.spi.destination;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.FieldPath;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a target is written.
 *
 * @param mode the destination's sync mode
 * @param primaryKey the fields that tell rows apart; not empty when the mode keeps one row a key
 * @param cursor the field that tells which of two rows of one key is the later; null to go by the time of extraction
 */
public record WriteMode(
        DestinationSyncMode mode,
        List<FieldPath> primaryKey,
        @Nullable FieldPath cursor) {
    public WriteMode {
        Objects.requireNonNull(mode);
        primaryKey = List.copyOf(primaryKey);
        if (mode.dedups() && primaryKey.isEmpty()) {
            throw new IllegalArgumentException("keeping one row a key needs a primary key");
        }
    }
}
