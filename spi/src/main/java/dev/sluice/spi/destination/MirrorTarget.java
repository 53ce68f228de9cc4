package dev.sluice.spi.destination;

import org.jspecify.annotations.Nullable;

/**
 * A target in the mode {@code MIRROR}: it remembers which objects the runs of its stream have written, and removes those of which a whole
 * read has met no row. Objects that others have made are none of them.
 */
public interface MirrorTarget extends Target {
    /**
     * What is known once all rows are committed.
     *
     * @param known how many objects the runs of the stream have written that are there
     * @param missing of how many of these this run has met no row
     */
    record Gone(long known, long missing) {}

    /**
     * What came of removing.
     *
     * @param removed how many are gone now
     * @param refused how many the system did not let go of; they are tried again by the next run
     * @param why why the first of them is still there; null if none is
     */
    record Removed(long removed, long refused, @Nullable String why) {}

    /** How many objects are missing in the read that is committed. */
    Gone gone();

    /** Removes those that are missing. It may be called again after a crash. */
    Removed removeGone();
}
