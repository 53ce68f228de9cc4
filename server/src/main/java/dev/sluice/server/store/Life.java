package dev.sluice.server.store;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How old an object is, and how often it was changed.
 *
 * @param createdAt when it was made
 * @param updatedAt when somebody changed it last
 * @param deletedAt when it was deleted; null if it is there
 * @param version counts the changes; a change names the version that it was made from
 */
public record Life(
        Instant createdAt, Instant updatedAt, @Nullable Instant deletedAt, long version) {
    public Life {
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(updatedAt);
    }

    /** The life of an object that is made now. */
    public static Life begun(Instant now) {
        return new Life(now, now, null, 1);
    }

    /** After a change. */
    public Life changed(Instant now) {
        return new Life(createdAt, now, deletedAt, version + 1);
    }

    /** After its deletion. */
    public Life ended(Instant now) {
        return new Life(createdAt, now, now, version + 1);
    }

    /** After its deletion was taken back. */
    public Life revived(Instant now) {
        return new Life(createdAt, now, null, version + 1);
    }

    /** False after its deletion. */
    public boolean isThere() {
        return deletedAt == null;
    }
}
