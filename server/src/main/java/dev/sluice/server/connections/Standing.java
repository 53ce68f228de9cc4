package dev.sluice.server.connections;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a connection may run.
 *
 * @param status what it is
 * @param reason why it is so; null if somebody wished it
 * @param breakingChange true if the source has changed in a way that somebody has to look at
 */
public record Standing(Status status, @Nullable String reason, boolean breakingChange) {
    /** It may run. */
    public static final Standing ACTIVE = new Standing(Status.ACTIVE, null, false);

    public Standing {
        Objects.requireNonNull(status);
    }

    /** The words for it. */
    public enum Status {
        /** It runs by its schedule. */
        ACTIVE,
        /** It was switched off. */
        INACTIVE,
        /** It is deleted. */
        DEPRECATED,
        /** It may not be changed. */
        LOCKED
    }
}
