package dev.sluice.cli.state;

import java.util.Locale;

/** How a rejected record stands. */
public enum RejectState {
    /** The part of the read that it stands in is not committed; it does not count yet. */
    PENDING,
    /** It counts, and somebody has to look after it. */
    OPEN,
    /** A later copy of its whole stream has taken the place of what it was missing in. */
    SUPERSEDED,
    /** It was sent again and arrived. */
    REPLAYED;

    /** The word in tables, for programs and in the state file. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RejectState of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
