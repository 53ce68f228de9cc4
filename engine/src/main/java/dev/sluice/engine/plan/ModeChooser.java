package dev.sluice.engine.plan;

import dev.sluice.engine.connection.Intent;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.SyncMode;
import java.util.List;
import java.util.Set;

/**
 * Tells which sync modes a stream can have, and chooses one where the user named none.
 *
 * <p>A mode is chosen only if it can be carried out: the source can read that way, the destination can write that way,
 * and the cursor and key that it needs are known. The rule and its differences from Airbyte's are in ADR 0070.
 */
public final class ModeChooser {
    private final CatalogStream stream;
    private final StreamSettings settings;
    private final Set<DestinationSyncMode> writable;

    private ModeChooser(CatalogStream stream, StreamSettings settings, Set<DestinationSyncMode> writable) {
        this.stream = stream;
        this.settings = settings;
        this.writable = writable;
    }

    /**
     * The modes that a stream can be offered, in the order in which they are shown: the source can read so, and the
     * destination can write so. Some of them may still need a cursor or a key.
     */
    public static List<StreamMode> offered(CatalogStream stream, Set<DestinationSyncMode> writable) {
        return StreamMode.copying().stream()
                .filter(mode -> writable.contains(mode.write()))
                .filter(mode -> stream.syncModes().contains(mode.read()))
                .toList();
    }

    /** The mode for a stream whose settings name none; one that cannot be carried out only if no mode can. */
    public static StreamMode choose(
            CatalogStream stream, StreamSettings settings, Set<DestinationSyncMode> writable, Intent intent) {
        return new ModeChooser(stream, settings, writable).choose(intent);
    }

    private StreamMode choose(Intent intent) {
        List<StreamMode> preferred = intent == Intent.BY_STREAM ? ownPreference() : intent.preferred();
        return preferred.stream()
                .filter(mode -> isPossible(mode, intent))
                .findFirst()
                .orElseGet(() -> intent == Intent.APPEND ? preferred.getLast() : fallback(preferred.getLast()));
    }

    /**
     * Airbyte's server for a discovered stream, with the user's own cursor and key counted as if the source had them; a
     * stream with a cursor and no key is read incrementally all the same, as it can grow only.
     */
    private List<StreamMode> ownPreference() {
        return hasCursor(Intent.BY_STREAM) && stream.supportsIncremental()
                ? List.of(StreamMode.INCREMENTAL_APPEND_DEDUPED, StreamMode.INCREMENTAL_APPEND)
                : List.of(StreamMode.FULL_REFRESH_OVERWRITE);
    }

    /** What comes nearest where the destination cannot do what is wanted. */
    private StreamMode fallback(StreamMode wanted) {
        if (writable.contains(DestinationSyncMode.OVERWRITE)) {
            return StreamMode.FULL_REFRESH_OVERWRITE;
        }
        return writable.contains(DestinationSyncMode.APPEND) ? StreamMode.FULL_REFRESH_APPEND : wanted;
    }

    private boolean isPossible(StreamMode mode, Intent intent) {
        return writable.contains(mode.write())
                && (mode.read() != SyncMode.INCREMENTAL || (stream.supportsIncremental() && hasCursor(intent)))
                && (!mode.write().dedups() || hasKey());
    }

    private boolean hasKey() {
        return !settings.primaryKey().isEmpty() || !stream.primaryKey().isEmpty();
    }

    /** A cursor that the source only proposes may miss changes, so it counts only for those who state an intent. */
    private boolean hasCursor(Intent intent) {
        return settings.cursor() != null
                || stream.cursor().sourceDefined()
                || (intent != Intent.BY_STREAM && stream.cursor().field() != null);
    }
}
