package dev.sluice.engine.connection;

import dev.sluice.spi.catalog.DestinationSyncMode;
import dev.sluice.spi.catalog.SyncMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A pair of how the source reads and how the destination writes, by the names of Airbyte. Its public API calls the first
 * one {@code incremental_deduped_history}, which is understood too.
 *
 * <p>The order of the constants is the order in which the modes are offered.
 */
public enum StreamMode {
    INCREMENTAL_APPEND_DEDUPED(
            SyncMode.INCREMENTAL, DestinationSyncMode.APPEND_DEDUP, "Incremental - Append + Deduped"),
    FULL_REFRESH_OVERWRITE(SyncMode.FULL_REFRESH, DestinationSyncMode.OVERWRITE, "Full refresh - Overwrite"),
    INCREMENTAL_APPEND(SyncMode.INCREMENTAL, DestinationSyncMode.APPEND, "Incremental - Append"),
    FULL_REFRESH_APPEND(SyncMode.FULL_REFRESH, DestinationSyncMode.APPEND, "Full refresh - Append"),
    FULL_REFRESH_OVERWRITE_DEDUPED(
            SyncMode.FULL_REFRESH, DestinationSyncMode.OVERWRITE_DEDUP, "Full refresh - Overwrite + Deduped"),
    FULL_REFRESH_UPSERT(SyncMode.FULL_REFRESH, DestinationSyncMode.APPEND_DEDUP, "Full refresh - Upsert"),
    FULL_REFRESH_UPDATE(SyncMode.FULL_REFRESH, DestinationSyncMode.UPDATE, "Full refresh - Update"),
    INCREMENTAL_UPDATE(SyncMode.INCREMENTAL, DestinationSyncMode.UPDATE, "Incremental - Update"),
    FULL_REFRESH_SOFT_DELETE(SyncMode.FULL_REFRESH, DestinationSyncMode.SOFT_DELETE, "Full refresh - Soft delete"),
    INCREMENTAL_SOFT_DELETE(SyncMode.INCREMENTAL, DestinationSyncMode.SOFT_DELETE, "Incremental - Soft delete"),
    FULL_REFRESH_DELETE(SyncMode.FULL_REFRESH, DestinationSyncMode.DELETE, "Full refresh - Delete"),
    INCREMENTAL_DELETE(SyncMode.INCREMENTAL, DestinationSyncMode.DELETE, "Incremental - Delete"),
    FULL_REFRESH_MIRROR(SyncMode.FULL_REFRESH, DestinationSyncMode.MIRROR, "Full refresh - Mirror");

    private final SyncMode read;
    private final DestinationSyncMode write;
    private final String title;

    StreamMode(SyncMode read, DestinationSyncMode write, String title) {
        this.read = read;
        this.write = write;
        this.title = title;
    }

    /** How the source reads. */
    public SyncMode read() {
        return read;
    }

    /** How the destination writes. */
    public DestinationSyncMode write() {
        return write;
    }

    /** True if it is for objects that a system has already (data activation), and not for places of one's own. */
    public boolean isActivation() {
        return this == FULL_REFRESH_UPSERT || write.isActivation();
    }

    /** The name for people. */
    public String title() {
        return title;
    }

    /** The name in project files and messages. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name where rows become objects: what is done to them has other words there than copies have. */
    public String objectKey() {
        String read = this.read == SyncMode.INCREMENTAL ? "incremental_" : "full_refresh_";
        return switch (write) {
            case APPEND, OVERWRITE -> read + "insert";
            case APPEND_DEDUP, OVERWRITE_DEDUP -> read + "upsert";
            case UPDATE, SOFT_DELETE, DELETE, MIRROR -> key();
        };
    }

    /** The mode of a name in a project file; also understands the shorter names that say the same. */
    public static Optional<StreamMode> of(String key) {
        return switch (key) {
            case "incremental_deduped_history", "incremental_dedup", "incremental_deduped" ->
                Optional.of(INCREMENTAL_APPEND_DEDUPED);
            case "full_refresh_overwrite_dedup" -> Optional.of(FULL_REFRESH_OVERWRITE_DEDUPED);
            case "incremental_upsert" -> Optional.of(INCREMENTAL_APPEND_DEDUPED);
            case "incremental_insert" -> Optional.of(INCREMENTAL_APPEND);
            case "full_refresh_insert" -> Optional.of(FULL_REFRESH_APPEND);
            default ->
                Arrays.stream(values()).filter(mode -> mode.key().equals(key)).findFirst();
        };
    }

    /** The modes that copy streams into places which are made for them. */
    public static List<StreamMode> copying() {
        return Arrays.stream(values()).filter(mode -> !mode.isActivation()).toList();
    }

    /** The names of those modes, for messages. */
    public static String keys() {
        return copying().stream().map(StreamMode::key).collect(Collectors.joining(", "));
    }
}
