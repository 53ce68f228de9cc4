package dev.sluice.engine.plan;

import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import java.util.List;
import java.util.Set;

/**
 * Chooses the sync mode of a stream for which the user named none.
 *
 * <p>The rule of Airbyte's server for a discovered stream, with the user's own cursor and key counted as if the source
 * had them: cursor and key give incremental with dedup, a cursor alone gives incremental append when the user chose it,
 * and everything else is copied whole.
 */
final class ModeChooser {
    private ModeChooser() {}

    static StreamMode choose(CatalogStream stream, StreamSettings settings, Set<DestinationSyncMode> writable) {
        boolean hasKey =
                !settings.primaryKey().isEmpty() || !stream.primaryKey().isEmpty();
        boolean hasCursor = settings.cursor() != null || stream.cursor().sourceDefined();
        List<StreamMode> preferred;
        if (hasCursor && stream.supportsIncremental()) {
            preferred = hasKey
                    ? List.of(StreamMode.INCREMENTAL_DEDUPED_HISTORY, StreamMode.INCREMENTAL_APPEND)
                    : List.of(StreamMode.INCREMENTAL_APPEND);
        } else {
            preferred = List.of(StreamMode.FULL_REFRESH_OVERWRITE);
        }
        return preferred.stream()
                .filter(mode -> writable.contains(mode.write()))
                .findFirst()
                .orElseGet(() -> writable.contains(DestinationSyncMode.OVERWRITE)
                        ? StreamMode.FULL_REFRESH_OVERWRITE
                        : StreamMode.FULL_REFRESH_APPEND);
    }
}
