package dev.sluice.engine.connection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a user wants from a connection as a whole; it chooses the sync mode of each stream that names none. */
public enum Intent {
    /**
     * Each stream by itself: incremental where a cursor is named or the source keeps one, else a whole copy that replaces
     * the one before.
     */
    BY_STREAM,

    /** The destination shall hold what the source holds: one row for each of its rows. */
    REPLICATE,

    /** The destination shall keep what it ever got: nothing is replaced or merged. */
    APPEND;

    /** The modes that fulfil it, the best first; none where each stream is judged by itself. */
    public List<StreamMode> preferred() {
        return switch (this) {
            case BY_STREAM -> List.of();
            case REPLICATE ->
                List.of(
                        StreamMode.INCREMENTAL_APPEND_DEDUPED,
                        StreamMode.FULL_REFRESH_OVERWRITE_DEDUPED,
                        StreamMode.FULL_REFRESH_OVERWRITE,
                        StreamMode.INCREMENTAL_APPEND);
            case APPEND -> List.of(StreamMode.INCREMENTAL_APPEND, StreamMode.FULL_REFRESH_APPEND);
        };
    }

    /** The name in project files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The intent of a name. */
    public static Optional<Intent> of(String key) {
        return Arrays.stream(values())
                .filter(intent -> intent.key().equals(key))
                .findFirst();
    }

    /** The names. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(Intent::key).toList();
    }
}
