package dev.sluice.spi.catalog;

/** How a destination writes a stream. */
public enum DestinationSyncMode {
    /** Adds the rows to what is there. */
    APPEND,
    /** Puts the rows in the place of what is there, once all have arrived. */
    OVERWRITE,
    /** Adds the rows and keeps the latest one of each primary key. */
    APPEND_DEDUP,
    /** Puts the rows in the place of what is there, the latest one of each primary key. */
    OVERWRITE_DEDUP,
    /** Data activation: changes objects that exist. */
    UPDATE,
    /** Data activation: marks objects as deleted. */
    SOFT_DELETE,
    /** Data activation: removes objects. No mode of the Airbyte protocol. */
    DELETE,
    /**
     * Data activation: makes the objects of a stream what its rows are. They are inserted and changed, and those that earlier runs
     * have written and this one has met no row of are removed. No mode of the Airbyte protocol.
     */
    MIRROR;

    /** True if it is for objects that a system has already, and not for a place of one's own. */
    public boolean isActivation() {
        return this == UPDATE || this == SOFT_DELETE || this == DELETE || this == MIRROR;
    }

    /** True if the rows of one run take the place of those of earlier runs. */
    public boolean overwrites() {
        return this == OVERWRITE || this == OVERWRITE_DEDUP;
    }

    /** True if one row a primary key is kept. */
    public boolean dedups() {
        return this == APPEND_DEDUP || this == OVERWRITE_DEDUP;
    }
}
