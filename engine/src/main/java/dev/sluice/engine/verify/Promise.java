package dev.sluice.engine.verify;

import dev.sluice.engine.connection.StreamMode;

/** What a sync mode promises of the rows at the destination, as far as it can be held against the source of now. */
public enum Promise {
    /** The destination has exactly the rows of the source. */
    SAME_ROWS("the same rows"),
    /** Of each key the destination has one row, and it is one that the source has for this key. */
    ONE_A_KEY("one row for each key"),
    /** Each row of the source is among those that the destination has; older versions of it may be there too. */
    HISTORY("each row is there; older versions are not compared"),
    /** Each sync adds all rows once more, so nothing tells which of them the source has now. */
    NONE("nothing: each sync adds all rows once more");

    private final String words;

    Promise(String words) {
        this.words = words;
    }

    /** The promise in words. */
    public String words() {
        return words;
    }

    static Promise of(StreamMode mode) {
        return switch (mode) {
            case FULL_REFRESH_OVERWRITE -> SAME_ROWS;
            case FULL_REFRESH_OVERWRITE_DEDUPED, INCREMENTAL_APPEND_DEDUPED -> ONE_A_KEY;
            case INCREMENTAL_APPEND -> HISTORY;
            case FULL_REFRESH_APPEND,
                    FULL_REFRESH_UPSERT,
                    FULL_REFRESH_UPDATE,
                    INCREMENTAL_UPDATE,
                    FULL_REFRESH_SOFT_DELETE,
                    INCREMENTAL_SOFT_DELETE,
                    FULL_REFRESH_DELETE,
                    INCREMENTAL_DELETE,
                    FULL_REFRESH_MIRROR -> NONE;
        };
    }
}
