package dev.sluice.spi.catalog;

/** How a source reads a stream. */
public enum SyncMode {
    /** Everything, at each run. */
    FULL_REFRESH,
    /** What is new or changed since the last run. */
    INCREMENTAL
}
