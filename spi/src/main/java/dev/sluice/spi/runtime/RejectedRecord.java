package dev.sluice.spi.runtime;

import java.util.Objects;

/** A record that could not be read or written, kept so that somebody can look at it and send it again. Immutable. */
public final class RejectedRecord {
    private final String place;
    private final String code;
    private final String reason;
    private final byte[] original;

    /**
     * Makes a rejected record.
     *
     * @param place where it stands, such as {@code orders.csv:17}; unique in its stream, so that a repeated read
     *     replaces it
     * @param code why in a stable word, such as {@code TOO_MANY_FIELDS}
     * @param reason why in one sentence
     * @param original the record's own bytes as the source had them, cut to a sensible length
     */
    public RejectedRecord(String place, String code, String reason, byte[] original) {
        this.place = Objects.requireNonNull(place);
        this.code = Objects.requireNonNull(code);
        this.reason = Objects.requireNonNull(reason);
        this.original = original.clone();
    }

    /** Where the record stands. */
    public String place() {
        return place;
    }

    /** Why, in a stable word. */
    public String code() {
        return code;
    }

    /** Why, in one sentence. */
    public String reason() {
        return reason;
    }

    /** A copy of the record's own bytes. */
    public byte[] original() {
        return original.clone();
    }
}
