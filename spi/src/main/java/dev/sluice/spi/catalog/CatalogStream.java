package dev.sluice.spi.catalog;

import dev.sluice.spi.type.Schema;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A stream that a source offers.
 *
 * @param id the identity, unique in its catalog
 * @param schema the fields with their exact types
 * @param syncModes how it can be read; a full refresh is always possible, so it is added where it lacks
 * @param cursor by which field an incremental read goes
 * @param primaryKey the fields that tell rows apart, in order; empty if the source knows none
 * @param resumable true if an interrupted full refresh can go on where it stopped
 * @param estimate how much there is to read
 */
public record CatalogStream(
        StreamId id,
        Schema schema,
        Set<SyncMode> syncModes,
        Cursor cursor,
        List<FieldPath> primaryKey,
        boolean resumable,
        Estimate estimate) {
    public CatalogStream {
        Objects.requireNonNull(id);
        Objects.requireNonNull(schema);
        Objects.requireNonNull(cursor);
        Objects.requireNonNull(estimate);
        syncModes = syncModes.contains(SyncMode.INCREMENTAL)
                ? Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL)
                : Set.of(SyncMode.FULL_REFRESH);
        primaryKey = List.copyOf(primaryKey);
    }

    /** True if the stream can be read incrementally. */
    public boolean supportsIncremental() {
        return syncModes.contains(SyncMode.INCREMENTAL);
    }
}
